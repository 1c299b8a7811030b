//! Lists in pages: told by the user, by an extension, or by unmistakable names.

use super::Generator;
use super::plan::{Argument, ArgumentTy, DefKind, Returned, Spot, Ty};
use super::select::Selected;
use crate::model::Operation;
use crate::words::plain;

/// How a list continues: the argument, and the fields of a page by their part.
#[derive(Clone, Debug, Default)]
struct Told {
    /// `offset`, `page`, `cursor`, `link` or `url`.
    kind: String,
    /// Name of the argument in the request.
    argument: Option<String>,
    items: Option<String>,
    fields: Vec<(&'static str, String)>,
}

/// Names of an argument and of the field that it takes from the page before.
const CURSORS: [(&str, &str); 9] = [
    ("page_token", "next_page_token"),
    ("pageToken", "nextPageToken"),
    ("cursor", "next_cursor"),
    ("cursor", "nextCursor"),
    ("continuation_token", "next_continuation_token"),
    ("continuationToken", "nextContinuationToken"),
    ("next_token", "next_token"),
    ("nextToken", "nextToken"),
    ("starting_token", "next_token"),
];

impl Generator<'_> {
    /// Returns the option `paginate(..)`, and marks the fields of the page.
    pub(crate) fn pages(
        &mut self,
        one: &Selected<'_>,
        arguments: &mut [Argument],
        returned: &Returned,
    ) -> Option<String> {
        let ty = match returned {
            Returned::Json(ty) => ty.clone(),
            Returned::Custom(_) => {
                return one.steering.paginate.as_ref().map(|told| format!("paginate({told})"));
            }
            _ => return None,
        };
        let told =
            steered(one).or_else(|| fern(one.operation)).or_else(|| speakeasy(one.operation));
        let told = told.or_else(|| microsoft(one.operation));
        self.read_pending();
        let told = told.or_else(|| self.unmistakable(one.operation, &ty, arguments))?;
        let argument = match &told.argument {
            Some(name) => {
                let found = arguments.iter().find(|argument| argument.name == *name);
                let sends = |argument: &&Argument| {
                    !matches!(argument.spot, Spot::Body { .. } | Spot::Fields)
                        && matches!(&argument.ty, ArgumentTy::Of(ty) if !matches!(ty, Ty::List(_) | Ty::Map(_) | Ty::Object))
                };
                let ident = found.filter(sends).map(|argument| argument.ident.clone())?;
                Some(ident)
            }
            None => None,
        };
        self.mark(&ty, &told)?;
        let own = told.argument.is_none() && one.steering.paginate.is_some();
        Some(match (&one.steering.paginate, argument) {
            (Some(written), _) if own => format!("paginate({written})"),
            (_, Some(ident)) if plain(&ident) == told.kind => format!("paginate({})", told.kind),
            (_, Some(ident)) => format!("paginate({} = {ident})", told.kind),
            (_, None) => format!("paginate({})", told.kind),
        })
    }

    /// Marks the items and the other fields of a page. The result is `None` if the type has no such
    /// fields.
    fn mark(&mut self, ty: &Ty, told: &Told) -> Option<()> {
        let Ty::Named(def) = ty else {
            // A list is a page of its own; nothing in it names a cursor.
            let is_list = matches!(ty, Ty::List(_));
            return (is_list && told.fields.is_empty() && told.items.is_none()).then_some(());
        };
        let DefKind::Struct { fields, is_page, .. } = &mut self.defs[*def].kind else {
            return None;
        };
        let lists: Vec<_> = fields.iter().filter(|field| matches!(field.ty, Ty::List(_))).collect();
        let items = match (&told.items, lists.as_slice()) {
            (Some(name), _) => name.clone(),
            (None, [one]) => one.name.clone(),
            _ => return None,
        };
        let wanted = std::iter::once(("items", items)).chain(told.fields.iter().cloned());
        let mut marks = Vec::new();
        for (part, name) in wanted {
            let at = fields.iter().position(|field| field.name == name);
            match at {
                Some(at) if part == "items" && !matches!(fields[at].ty, Ty::List(_)) => {
                    return None;
                }
                Some(at) if fields[at].page.as_ref().is_some_and(|other| other != part) => {
                    return None;
                }
                Some(at) => marks.push((at, part)),
                None if part == "items" || part == "next" => return None,
                None => {}
            }
        }
        for (at, part) in marks {
            fields[at].page = Some(part.to_owned());
        }
        *is_page = true;
        Some(())
    }

    /// Finds a list whose names leave no doubt: a cursor and the field that it takes, or a `Link`.
    fn unmistakable(&self, operation: &Operation, ty: &Ty, arguments: &[Argument]) -> Option<Told> {
        let reads = matches!(operation.method.as_str(), "GET" | "POST");
        if let Ty::List(_) = ty {
            let linked =
                operation.responses.iter().filter(|one| one.status.is_success()).any(|one| {
                    one.headers.iter().any(|header| header.name.eq_ignore_ascii_case("link"))
                });
            return (linked && operation.method == "GET")
                .then(|| Told { kind: "link".to_owned(), ..Told::default() });
        }
        let Ty::Named(def) = ty else { return None };
        let DefKind::Struct { fields, .. } = &self.defs[*def].kind else { return None };
        let lists = fields.iter().filter(|field| matches!(field.ty, Ty::List(_))).count();
        if !reads || lists != 1 {
            return None;
        }
        let (argument, next) = CURSORS.iter().find(|(argument, next)| {
            arguments.iter().any(|one| {
                one.name == *argument && matches!(one.spot, Spot::Query | Spot::Field { .. })
            }) && fields.iter().any(|field| field.name == *next && field.ty == Ty::Text)
        })?;
        Some(Told {
            kind: "cursor".to_owned(),
            argument: Some((*argument).to_owned()),
            items: None,
            fields: vec![("next", (*next).to_owned())],
        })
    }
}

fn steered(one: &Selected<'_>) -> Option<Told> {
    let steering = &one.steering;
    let told = steering.paginate.as_ref()?;
    let named = [
        ("next", &steering.next),
        ("total_items", &steering.total_items),
        ("total_pages", &steering.total_pages),
        ("has_more", &steering.has_more),
    ];
    let fields = named.into_iter().filter_map(|(part, name)| Some((part, name.clone()?)));
    Some(Told {
        kind: told.clone(),
        argument: None,
        items: steering.items.clone(),
        fields: fields.collect(),
    })
}

/// Reads `x-fern-pagination`: `{offset: $request.page, results: $response.data}`.
fn fern(operation: &Operation) -> Option<Told> {
    let told = operation.extensions.get("x-fern-pagination")?;
    let of = |key: &str, root: &str| {
        let path = told.get(key)?.as_str()?.strip_prefix(root)?;
        (!path.contains('.')).then(|| path.to_owned())
    };
    let items = Some(of("results", "$response.")?);
    if let Some(argument) = of("cursor", "$request.") {
        let next = of("next_cursor", "$response.").or_else(|| of("next-cursor", "$response."))?;
        let fields = vec![("next", next)];
        return Some(Told { kind: "cursor".to_owned(), argument: Some(argument), items, fields });
    }
    let argument = of("offset", "$request.")?;
    // Fern calls numbers of pages offsets too.
    let counts_pages = argument.to_ascii_lowercase().contains("page");
    let kind = if counts_pages { "page" } else { "offset" };
    let has_more = of("has-next-page", "$response.").map(|name| ("has_more", name));
    let fields = has_more.into_iter().collect();
    Some(Told { kind: kind.to_owned(), argument: Some(argument), items, fields })
}

/// Reads `x-speakeasy-pagination`.
fn speakeasy(operation: &Operation) -> Option<Told> {
    let told = operation.extensions.get("x-speakeasy-pagination")?;
    let input = |kind: &str| {
        let inputs = told.get("inputs")?.as_array()?;
        let found = inputs
            .iter()
            .find(|input| input.get("type").and_then(|kind| kind.as_str()) == Some(kind))?;
        Some(found.get("name")?.as_str()?.to_owned())
    };
    let output = |key: &str| {
        let path = told.get("outputs")?.get(key)?.as_str()?.strip_prefix("$.")?;
        (!path.contains(['.', '['])).then(|| path.to_owned())
    };
    let items = output("results");
    match told.get("type")?.as_str()? {
        "cursor" => Some(Told {
            kind: "cursor".to_owned(),
            argument: Some(input("cursor")?),
            items,
            fields: vec![("next", output("nextCursor")?)],
        }),
        "offsetLimit" => {
            let (kind, argument) = match input("offset") {
                Some(argument) => ("offset", argument),
                None => ("page", input("page")?),
            };
            let pages = output("numPages").map(|name| ("total_pages", name));
            let fields = pages.into_iter().collect();
            Some(Told { kind: kind.to_owned(), argument: Some(argument), items, fields })
        }
        "url" => Some(Told {
            kind: "url".to_owned(),
            argument: None,
            items,
            fields: vec![("next", output("nextUrl")?)],
        }),
        _ => None,
    }
}

/// Reads `x-ms-pageable`: the field of the next URL, and that of the items.
fn microsoft(operation: &Operation) -> Option<Told> {
    let told = operation.extensions.get("x-ms-pageable")?;
    let next = told.get("nextLinkName")?.as_str()?;
    let items = told.get("itemName").and_then(|name| name.as_str()).unwrap_or("value");
    Some(Told {
        kind: "url".to_owned(),
        argument: None,
        items: Some(items.to_owned()),
        fields: vec![("next", next.to_owned())],
    })
}
