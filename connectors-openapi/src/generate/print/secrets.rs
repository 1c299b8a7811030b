//! Functions that write secrets into requests.

use super::{Printer, WIDTH, defs};

impl Printer<'_> {
    /// Writes the functions that a request needs to write a secret.
    pub(super) fn helpers(&mut self) {
        let [value, option, nullable] = self.secrets;
        if !value && !option && !nullable {
            return;
        }
        let (secret, serializer) = (self.ours("Secret"), self.item("serde", "Serializer"));
        if value {
            self.line(0, "/// Writes a secret into a request.");
            self.line(0, &format!("fn exposed<S: {serializer}>(secret: &{secret}, to: S) -> Result<S::Ok, S::Error> {{"));
            self.line(1, "to.serialize_str(secret.expose())");
            self.line(0, "}");
            self.line(0, "");
        }
        if option {
            self.line(0, "/// Writes a secret into a request, if there is one.");
            self.exposing_option(&secret, &serializer);
        }
        if nullable {
            let path = self.ours("Nullable");
            self.line(0, "/// Writes a secret or a null into a request.");
            let ty = format!("{path}<{secret}>");
            self.exposing(
                defs::SECRETS[2],
                &ty,
                &serializer,
                &format!("{path}::Value(secret)"),
                "_",
            );
        }
    }

    /// serde passes a reference to the field, which clippy would not have as a parameter.
    fn exposing_option(&mut self, secret: &str, serializer: &str) {
        self.line(0, &format!("fn {}<'a, S: {serializer}>(", defs::SECRETS[1]));
        self.line(1, &format!("secret: impl Into<Option<&'a {secret}>>,"));
        self.line(1, "to: S,");
        self.line(0, ") -> Result<S::Ok, S::Error> {");
        self.line(1, "match secret.into() {");
        self.line(2, "Some(secret) => to.serialize_str(secret.expose()),");
        self.line(2, "None => to.serialize_none(),");
        self.line(1, "}");
        self.line(0, "}");
        self.line(0, "");
    }

    fn exposing(&mut self, name: &str, ty: &str, serializer: &str, some: &str, none: &str) {
        let head = format!("fn {name}<S: {serializer}>(secret: &{ty}, to: S)");
        let line = format!("{head} -> Result<S::Ok, S::Error> {{");
        if line.len() > WIDTH {
            self.line(0, &format!("fn {name}<S: {serializer}>("));
            self.line(1, &format!("secret: &{ty},"));
            self.line(1, "to: S,");
            self.line(0, ") -> Result<S::Ok, S::Error> {");
        } else {
            self.line(0, &line);
        }
        self.line(1, "match secret {");
        self.line(2, &format!("{some} => to.serialize_str(secret.expose()),"));
        self.line(2, &format!("{none} => to.serialize_none(),"));
        self.line(1, "}");
        self.line(0, "}");
        self.line(0, "");
    }
}
