//! Tests the requests of the Stripe client.

use std::collections::BTreeMap;
use std::time::Duration;

use connectors_client::{Bracketed, Error, ErrorKind, Recorder, RequestOptions, Secret, TestClock};
use connectors_examples::apis::stripe::{
    Address, AllowRedirects, AutomaticPaymentMethods, BalanceClient, CancellationReason,
    CaptureMethod, CardOptions, ChargeStatus, ChargesClient, Created, CustomField,
    CustomerOrDeleted, CustomersClient, DeclineCode, Expandable, FraudDetails, Installments,
    InvoiceSettings, PaymentIntentStatus, PaymentIntentsClient, PaymentMethodOptions, ProblemType,
    RefundReason, RefundsClient, SetupFutureUsage, Shipping, Stripe, StripeError, TaxExempt,
    TransferData, Within,
};
use support::server::{Reply, Server};

use crate::recorded::recorded;
use crate::sent::sent;

const CHARGE: &str = include_str!("stripe/charge.json");
const CUSTOMER: &str = include_str!("stripe/customer.json");
const PAYMENT_INTENT: &str = include_str!("stripe/payment_intent.json");
const REFUND: &str = include_str!("stripe/refund.json");
const TRANSACTION: &str = include_str!("stripe/balance_transaction.json");

/// `sk_test_26PHem9AhJZvU623DfE1x4sd:`, the key of Stripe's reference.
const BASIC: &str = "Basic c2tfdGVzdF8yNlBIZW05QWhKWnZVNjIzRGZFMXg0c2Q6";

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, Stripe, TestClock) {
    let (server, clock) = (Server::start(replies), TestClock::new());
    let key = Secret::new("sk_test_26PHem9AhJZvU623DfE1x4sd");
    let builder = connectors_examples::apis::stripe::builder(server.url(), &key);
    let client = builder.env_proxies(false).clock(clock.clone()).build().unwrap();
    (server, Stripe::new(client), clock)
}

fn answered(body: &str) -> (Server, Stripe) {
    let (server, stripe, _) = start([Reply::json(200, body).header("request-id", "req_123")]);
    (server, stripe)
}

fn get(target: &str) -> String {
    format!(
        "GET {target}\naccept: application/json\nauthorization: {BASIC}\nstripe-version: 2022-11-15"
    )
}

/// Formats a POST with names and values as in Stripe's reference. The brackets are encoded here.
fn post(target: &str, pairs: &[&str]) -> String {
    let head = format!(
        "POST {target}\naccept: application/json\nauthorization: {BASIC}\n\
         content-type: application/x-www-form-urlencoded\nidempotency-key: <uuid>\nstripe-version: 2022-11-15"
    );
    if pairs.is_empty() { head } else { format!("{head}\n\n{}", encoded(pairs)) }
}

fn encoded(pairs: &[&str]) -> String {
    pairs.join("&").replace('[', "%5B").replace(']', "%5D")
}

fn list(items: &[(&str, &str)], has_more: bool) -> Reply {
    let items: Vec<_> = items
        .iter()
        .map(|(body, id)| {
            let mut item: serde_json::Value = serde_json::from_str(body).unwrap();
            item["id"] = (*id).into();
            item
        })
        .collect();
    let list =
        serde_json::json!({"object": "list", "url": "/v1/x", "has_more": has_more, "data": items});
    Reply::json(200, &list.to_string())
}

fn found(body: &str, id: &str, next: Option<&str>) -> Reply {
    let mut item: serde_json::Value = serde_json::from_str(body).unwrap();
    item["id"] = id.into();
    let found = serde_json::json!({
        "object": "search_result", "url": "/v1/x/search", "has_more": next.is_some(), "data": [item],
        "next_page": next, "total_count": 2,
    });
    Reply::json(200, &found.to_string())
}

fn home() -> Address {
    Address {
        city: Some("San Francisco".to_owned()),
        country: Some("US".to_owned()),
        line1: Some("510 Townsend St".to_owned()),
        postal_code: Some("94103".to_owned()),
        state: Some("CA".to_owned()),
        ..Address::default()
    }
}

#[tokio::test]
async fn charges_are_created_and_changed() {
    let (server, stripe) = answered(CHARGE);
    let metadata = BTreeMap::from([("order_id", "6735"), ("a b", "&=[]")]);
    let shipping = Shipping {
        address: Some(home()),
        name: Some("Jenny Rosen".to_owned()),
        ..Shipping::default()
    };
    let charge = stripe
        .charges
        .create(1099, "usd")
        .source("tok_visa")
        .description("My First Test Charge (created for API docs)")
        .metadata(&metadata)
        .shipping(&shipping)
        .capture(false)
        .transfer_data(&TransferData { amount: Some(877), destination: "acct_1".to_owned() })
        .expand(Bracketed(&["customer", "balance_transaction"]))
        .await
        .unwrap();
    assert_eq!(
        sent(&server.request()),
        post(
            "/v1/charges",
            &[
                "amount=1099",
                "currency=usd",
                "description=My+First+Test+Charge+%28created+for+API+docs%29",
                "metadata[a+b]=%26%3D%5B%5D",
                "metadata[order_id]=6735",
                "shipping[address][city]=San+Francisco",
                "shipping[address][country]=US",
                "shipping[address][line1]=510+Townsend+St",
                "shipping[address][postal_code]=94103",
                "shipping[address][state]=CA",
                "shipping[name]=Jenny+Rosen",
                "source=tok_visa",
                "capture=false",
                "transfer_data[amount]=877",
                "transfer_data[destination]=acct_1",
                "expand[]=customer",
                "expand[]=balance_transaction",
            ]
        )
    );
    assert_eq!((charge.id.as_str(), charge.amount), ("ch_3MmlLrLkdIwHu7ix0snN0B15", 1099));
    assert_eq!(charge.status, ChargeStatus::Succeeded);
    assert_eq!(charge.outcome.unwrap().risk_score, Some(32));
    let Some(Expandable::Id(transaction)) = charge.balance_transaction else { panic!("an id") };
    assert_eq!(transaction, "txn_3MmlLrLkdIwHu7ix0uke3Ezy");

    let (server, stripe) = answered(CHARGE);
    let safe = FraudDetails { user_report: Some("safe".to_owned()), ..FraudDetails::default() };
    let call =
        stripe.charges.update("ch_3MmlLrLkdIwHu7ix0snN0B15").description("").fraud_details(&safe);
    call.metadata(&BTreeMap::from([("order_id", "")])).await.unwrap();
    let pairs = ["description=", "metadata[order_id]=", "fraud_details[user_report]=safe"];
    assert_eq!(sent(&server.request()), post("/v1/charges/ch_3MmlLrLkdIwHu7ix0snN0B15", &pairs));

    let (server, stripe) = answered(CHARGE);
    stripe.charges.capture("ch_1").await.unwrap();
    assert_eq!(sent(&server.request()), post("/v1/charges/ch_1/capture", &[]));
    let (server, stripe) = answered(CHARGE);
    stripe.charges.capture("ch_1").amount(500).statement_descriptor_suffix("x").await.unwrap();
    let pairs = ["amount=500", "statement_descriptor_suffix=x"];
    assert_eq!(sent(&server.request()), post("/v1/charges/ch_1/capture", &pairs));
}

#[tokio::test]
async fn a_charge_is_fetched_with_its_related_objects() {
    let mut charge: serde_json::Value = serde_json::from_str(CHARGE).unwrap();
    charge["customer"] = serde_json::from_str(CUSTOMER).unwrap();
    let (server, stripe) = answered(&charge.to_string());
    let charge = stripe.charges.retrieve("ch_1").expand(Bracketed(&["customer"])).await.unwrap();
    assert_eq!(sent(&server.request()), get("/v1/charges/ch_1?expand%5B%5D=customer"));
    let Some(Expandable::Object(customer)) = charge.customer else { panic!("a customer") };
    assert_eq!(customer.name.as_deref(), Some("Jenny Rosen"));
}

#[tokio::test]
async fn charges_are_listed_over_their_pages() {
    let (server, stripe, _) = start([
        list(&[(CHARGE, "ch_1"), (CHARGE, "ch_2")], true),
        list(&[(CHARGE, "ch_3")], false),
    ]);
    let within = Created::Within(Within {
        gte: Some(1_679_090_000),
        lt: Some(1_679_091_000),
        ..Within::default()
    });
    let mut charges = stripe.charges.list().created(within).customer("cus_1").limit(2).items();
    let mut ids = Vec::new();
    while let Some(charge) = charges.next().await {
        ids.push(charge.unwrap().id);
    }
    assert_eq!(ids, ["ch_1", "ch_2", "ch_3"]);
    let query = "created%5Bgte%5D=1679090000&created%5Blt%5D=1679091000&customer=cus_1&limit=2";
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(
        requests,
        [
            get(&format!("/v1/charges?{query}")),
            get(&format!("/v1/charges?{query}&starting_after=ch_2"))
        ]
    );

    let (server, stripe, _) = start([list(&[], false)]);
    let page = stripe.charges.list().created(Created::At(5)).ending_before("ch_9").await.unwrap();
    assert!(page.data.is_empty());
    assert_eq!(sent(&server.request()), get("/v1/charges?created=5&ending_before=ch_9"));
    let error = stripe.charges.list().starting_after("a").ending_before("b").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
}

#[tokio::test]
async fn searches_continue_with_a_token() {
    let (server, stripe, _) =
        start([found(CHARGE, "ch_1", Some("n/1==")), found(CHARGE, "ch_2", None)]);
    let query = "amount>999 AND metadata['order_id']:'6735'";
    let mut pages =
        stripe.charges.search(query).limit(1).expand(Bracketed(&["total_count"])).pages();
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap().data;
        assert_eq!(page.total_count, Some(2));
        ids.extend(page.data.into_iter().map(|charge| charge.id));
    }
    assert_eq!(ids, ["ch_1", "ch_2"]);
    let query = "query=amount%3E999+AND+metadata%5B%27order_id%27%5D%3A%276735%27&limit=1";
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(
        requests,
        [
            get(&format!("/v1/charges/search?{query}&expand%5B%5D=total_count")),
            get(&format!("/v1/charges/search?{query}&page=n%2F1%3D%3D&expand%5B%5D=total_count")),
        ]
    );

    let (server, stripe, _) = start([found(CUSTOMER, "cus_1", None)]);
    stripe.customers.search("name:'Jane'").await.unwrap();
    assert_eq!(sent(&server.request()), get("/v1/customers/search?query=name%3A%27Jane%27"));

    let (server, stripe, _) = start([found(PAYMENT_INTENT, "pi_1", None)]);
    stripe.payment_intents.search("status:'succeeded'").page("p").await.unwrap();
    assert_eq!(
        sent(&server.request()),
        get("/v1/payment_intents/search?query=status%3A%27succeeded%27&page=p")
    );
}

#[tokio::test]
async fn customers_are_managed() {
    let (server, stripe) = answered(CUSTOMER);
    let settings = InvoiceSettings {
        custom_fields: Some(vec![
            CustomField { name: "VAT".to_owned(), value: "DE1".to_owned() },
            CustomField { name: "PO".to_owned(), value: "7".to_owned() },
        ]),
        ..InvoiceSettings::default()
    };
    let customer = stripe
        .customers
        .create()
        .address(&home())
        .balance(-500)
        .email("jennyrosen@example.com")
        .invoice_settings(&settings)
        .name("Jenny Rosen")
        .preferred_locales(Bracketed(&["de", "en"]))
        .tax_exempt(TaxExempt::None)
        .await
        .unwrap();
    assert_eq!(
        sent(&server.request()),
        post(
            "/v1/customers",
            &[
                "address[city]=San+Francisco",
                "address[country]=US",
                "address[line1]=510+Townsend+St",
                "address[postal_code]=94103",
                "address[state]=CA",
                "balance=-500",
                "email=jennyrosen%40example.com",
                "invoice_settings[custom_fields][0][name]=VAT",
                "invoice_settings[custom_fields][0][value]=DE1",
                "invoice_settings[custom_fields][1][name]=PO",
                "invoice_settings[custom_fields][1][value]=7",
                "name=Jenny+Rosen",
                "preferred_locales[]=de",
                "preferred_locales[]=en",
                "tax_exempt=none",
            ]
        )
    );
    assert_eq!((customer.id.as_str(), customer.created), ("cus_NffrFeUfNV2Hib", 1_680_893_993));
    assert_eq!(customer.tax_exempt, Some(TaxExempt::None));

    let (server, stripe) = answered(CUSTOMER);
    let CustomerOrDeleted::Customer(found) = stripe.customers.retrieve("cus_1").await.unwrap()
    else {
        panic!("the customer exists")
    };
    assert_eq!(found.email.as_deref(), Some("jennyrosen@example.com"));
    assert_eq!(sent(&server.request()), get("/v1/customers/cus_1"));

    let (server, stripe) = answered(CUSTOMER);
    let order = BTreeMap::from([("order_id", "6735")]);
    stripe.customers.update("cus_1").metadata(&order).phone("").await.unwrap();
    assert_eq!(
        sent(&server.request()),
        post("/v1/customers/cus_1", &["metadata[order_id]=6735", "phone="])
    );

    let deleted = r#"{"id": "cus_NffrFeUfNV2Hib", "object": "customer", "deleted": true}"#;
    let (server, stripe) = answered(deleted);
    assert!(stripe.customers.delete("cus_NffrFeUfNV2Hib").await.unwrap().deleted);
    assert_eq!(
        sent(&server.request()),
        get("/v1/customers/cus_NffrFeUfNV2Hib").replacen("GET", "DELETE", 1)
    );
    let (_server, stripe) = answered(deleted);
    let gone = stripe.customers.retrieve("cus_NffrFeUfNV2Hib").await.unwrap();
    assert!(
        matches!(gone, CustomerOrDeleted::Deleted(deleted) if deleted.id == "cus_NffrFeUfNV2Hib")
    );

    let (server, stripe, _) =
        start([list(&[(CUSTOMER, "cus_2")], true), list(&[(CUSTOMER, "cus_1")], false)]);
    let mut customers = stripe.customers.list().email("a@b.c").items();
    assert_eq!(customers.next().await.unwrap().unwrap().id, "cus_2");
    assert_eq!(customers.next().await.unwrap().unwrap().id, "cus_1");
    assert!(customers.next().await.is_none());
    assert_eq!(
        sent(&server.requests()[1]),
        get("/v1/customers?email=a%40b.c&starting_after=cus_2")
    );
}

#[tokio::test]
async fn payment_intents_are_managed() {
    let (server, stripe) = answered(PAYMENT_INTENT);
    let options = PaymentMethodOptions {
        card: Some(CardOptions {
            request_three_d_secure: Some("any".to_owned()),
            installments: Some(Installments { enabled: true }),
        }),
    };
    let intent = stripe
        .payment_intents
        .create(2000, "usd")
        .automatic_payment_methods(AutomaticPaymentMethods {
            enabled: true,
            allow_redirects: Some(AllowRedirects::Never),
        })
        .capture_method(CaptureMethod::Manual)
        .payment_method_options(&options)
        .payment_method_types(Bracketed(&["card", "sepa_debit"]))
        .setup_future_usage(SetupFutureUsage::OffSession)
        .await
        .unwrap();
    assert_eq!(
        sent(&server.request()),
        post(
            "/v1/payment_intents",
            &[
                "amount=2000",
                "currency=usd",
                "automatic_payment_methods[enabled]=true",
                "automatic_payment_methods[allow_redirects]=never",
                "capture_method=manual",
                "payment_method_options[card][request_three_d_secure]=any",
                "payment_method_options[card][installments][enabled]=true",
                "payment_method_types[]=card",
                "payment_method_types[]=sepa_debit",
                "setup_future_usage=off_session",
            ]
        )
    );
    assert_eq!((intent.amount_received, &intent.status), (1099, &PaymentIntentStatus::Succeeded));
    assert!(intent.client_secret.as_ref().unwrap().expose().ends_with("cNX47t3aloK4vIY9LI1LLX2ry"));
    assert!(!format!("{intent:?}").contains("cNX47t3"), "{intent:?}");

    let (server, stripe) = answered(PAYMENT_INTENT);
    stripe
        .payment_intents
        .retrieve("pi_1")
        .client_secret(&Secret::new("pi_1_secret_x"))
        .await
        .unwrap();
    assert_eq!(
        sent(&server.request()),
        get("/v1/payment_intents/pi_1?client_secret=pi_1_secret_x")
    );

    let (server, stripe) = answered(PAYMENT_INTENT);
    stripe.payment_intents.update("pi_1").amount(1).receipt_email("a@b.c").await.unwrap();
    assert_eq!(
        sent(&server.request()),
        post("/v1/payment_intents/pi_1", &["amount=1", "receipt_email=a%40b.c"])
    );

    let (server, stripe) = answered(PAYMENT_INTENT);
    let call = stripe.payment_intents.confirm("pi_1").payment_method("pm_card_visa");
    call.return_url("https://www.example.com").await.unwrap();
    let pairs = ["payment_method=pm_card_visa", "return_url=https%3A%2F%2Fwww.example.com"];
    assert_eq!(sent(&server.request()), post("/v1/payment_intents/pi_1/confirm", &pairs));

    let (server, stripe) = answered(PAYMENT_INTENT);
    stripe.payment_intents.capture("pi_1").amount_to_capture(750).await.unwrap();
    assert_eq!(
        sent(&server.request()),
        post("/v1/payment_intents/pi_1/capture", &["amount_to_capture=750"])
    );

    let (server, stripe) = answered(PAYMENT_INTENT);
    let call = stripe.payment_intents.cancel("pi_1");
    call.cancellation_reason(CancellationReason::RequestedByCustomer).await.unwrap();
    let pairs = ["cancellation_reason=requested_by_customer"];
    assert_eq!(sent(&server.request()), post("/v1/payment_intents/pi_1/cancel", &pairs));

    let (server, stripe, _) = start([list(&[(PAYMENT_INTENT, "pi_1")], false)]);
    stripe.payment_intents.list().limit(3).starting_after("pi_0").await.unwrap();
    assert_eq!(sent(&server.request()), get("/v1/payment_intents?limit=3&starting_after=pi_0"));
}

#[tokio::test]
async fn a_payment_is_polled_until_it_settles() {
    let state = |status: &str| {
        let mut intent: serde_json::Value = serde_json::from_str(PAYMENT_INTENT).unwrap();
        intent["status"] = status.into();
        Reply::json(200, &intent.to_string())
    };
    let (server, stripe, clock) =
        start([state("processing"), state("processing"), state("succeeded")]);
    let intent = stripe.payment_intents.settled("pi_1").poll().await.unwrap();
    assert_eq!(intent.status, PaymentIntentStatus::Succeeded);
    assert_eq!(clock.waits(), [Duration::from_secs(2); 2]);
    assert!(
        server.requests().iter().all(|request| sent(request) == get("/v1/payment_intents/pi_1"))
    );

    let (_server, stripe, _) = start([state("processing"), state("canceled")]);
    let error = stripe.payment_intents.settled("pi_1").poll().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(!format!("{error} {error:?}").contains("cNX47t3"));
}

#[tokio::test]
async fn refunds_are_managed() {
    let (server, stripe) = answered(REFUND);
    let call = stripe.refunds.create().charge("ch_1NirD82eZvKYlo2CIvbtLWuY").amount(1000);
    let refund = call.reason(RefundReason::RequestedByCustomer).await.unwrap();
    let pairs =
        ["charge=ch_1NirD82eZvKYlo2CIvbtLWuY", "amount=1000", "reason=requested_by_customer"];
    assert_eq!(sent(&server.request()), post("/v1/refunds", &pairs));
    assert_eq!((refund.amount, refund.status.as_deref()), (1000, Some("succeeded")));
    let error = stripe.refunds.create().charge("ch_1").payment_intent("pi_1").await.unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Build, 1));

    let (server, stripe) = answered(REFUND);
    stripe.refunds.retrieve("re_1").expand(Bracketed(&["charge", "payment_intent"])).await.unwrap();
    assert_eq!(
        sent(&server.request()),
        get("/v1/refunds/re_1?expand%5B%5D=charge&expand%5B%5D=payment_intent")
    );

    let (server, stripe) = answered(REFUND);
    stripe.refunds.update("re_1").metadata(&BTreeMap::from([("order_id", "6735")])).await.unwrap();
    assert_eq!(sent(&server.request()), post("/v1/refunds/re_1", &["metadata[order_id]=6735"]));

    let (server, stripe) = answered(REFUND);
    stripe.refunds.cancel("re_1").await.unwrap();
    assert_eq!(sent(&server.request()), post("/v1/refunds/re_1/cancel", &[]));

    let (server, stripe, _) = start([list(&[(REFUND, "re_1")], false)]);
    stripe.refunds.list().charge("ch_1").limit(3).await.unwrap();
    assert_eq!(sent(&server.request()), get("/v1/refunds?charge=ch_1&limit=3"));
}

#[tokio::test]
async fn the_balance_and_its_transactions_are_read() {
    let (server, stripe) = answered(
        r#"{
            "object": "balance",
            "available": [{"amount": 666670, "currency": "usd", "source_types": {"card": 666670}}],
            "connect_reserved": [{"amount": 0, "currency": "usd"}],
            "livemode": false,
            "pending": [{"amount": -61414, "currency": "usd", "source_types": {"card": -61414}}]
        }"#,
    );
    let funds = stripe.balance.retrieve().await.unwrap();
    assert_eq!(sent(&server.request()), get("/v1/balance"));
    assert_eq!((funds.available[0].amount, funds.pending[0].amount), (666_670, -61_414));

    let (server, stripe) = answered(TRANSACTION);
    let transaction = stripe.balance.transaction("txn_1MiN3gLkdIwHu7ixxapQrznl").await.unwrap();
    assert_eq!(
        sent(&server.request()),
        get("/v1/balance_transactions/txn_1MiN3gLkdIwHu7ixxapQrznl")
    );
    assert_eq!((transaction.amount, transaction.r#type.as_str()), (-400, "transfer"));

    let (server, stripe, _) =
        start([list(&[(TRANSACTION, "txn_2")], true), list(&[(TRANSACTION, "txn_1")], false)]);
    let call =
        stripe.balance.transactions().currency("usd").r#type("charge").payout("po_1").limit(1);
    let mut transactions = call.items();
    for id in ["txn_2", "txn_1"] {
        assert_eq!(transactions.next().await.unwrap().unwrap().id, id);
    }
    assert!(transactions.next().await.is_none());
    let query = "currency=usd&payout=po_1&type=charge&limit=1";
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(
        requests,
        [
            get(&format!("/v1/balance_transactions?{query}")),
            get(&format!("/v1/balance_transactions?{query}&starting_after=txn_2")),
        ]
    );
}

#[tokio::test]
async fn a_failed_post_is_retried_with_its_key() {
    let (server, stripe, clock) =
        start([Reply::empty(500), Reply::close(), Reply::json(200, CHARGE)]);
    let raw =
        stripe.charges.with_raw_response().create(1099, "usd").source("tok_visa").await.unwrap();
    assert_eq!((raw.attempts(), clock.waits().len()), (3, 2));
    let requests = server.requests();
    let keys: Vec<_> = requests.iter().map(|request| request.header("idempotency-key")).collect();
    assert!(keys[0].is_some() && keys.windows(2).all(|pair| pair[0] == pair[1]), "{keys:?}");

    // Key of the caller, as in Stripe's reference.
    let (server, stripe) = answered(CHARGE);
    let options = RequestOptions::new().idempotency_key("KG5LxwFBepaKHyUD");
    stripe.charges.create(1, "usd").options(options).await.unwrap();
    assert_eq!(server.request().header("idempotency-key"), Some("KG5LxwFBepaKHyUD"));
}

#[tokio::test]
async fn calls_act_for_a_connected_account() {
    let (server, stripe) = answered(CUSTOMER);
    stripe.on_behalf_of("acct_1032D82eZvKYlo2C").customers.retrieve("cus_1").await.unwrap();
    stripe.customers.retrieve("cus_1").await.unwrap();
    let requests = server.requests();
    let expected = get("/v1/customers/cus_1");
    let connected =
        expected.replace("stripe-version", "stripe-account: acct_1032D82eZvKYlo2C\nstripe-version");
    assert_eq!(requests.iter().map(sent).collect::<Vec<_>>(), [connected, expected]);
}

async fn error_of(status: u16, body: &str) -> Error {
    let (_server, stripe, _) =
        start([Reply::json(status, body).header("request-id", "req_oCVQM6")]);
    let options = RequestOptions::new().max_retries(0);
    stripe.charges.create(1099, "usd").options(options).await.unwrap_err()
}

#[tokio::test]
async fn errors_name_the_cause_and_the_parameter() {
    let declined = r#"{
        "error": {
            "charge": "ch_3MmlLr", "code": "card_declined", "decline_code": "insufficient_funds",
            "doc_url": "https://stripe.com/docs/error-codes/card-declined",
            "message": "Your card has insufficient funds.", "param": "", "type": "card_error"
        }
    }"#;
    let error = error_of(402, declined).await;
    assert_eq!(
        error.to_string(),
        "POST v1/charges: 402 RequestFailed: Your card has insufficient funds. (request id req_oCVQM6)"
    );
    assert!(error.idempotency_key().is_some());
    let Some(StripeError::RequestFailed(Some(reply))) = error.class() else { panic!("{error}") };
    assert_eq!(reply.error.r#type, ProblemType::CardError);
    assert_eq!(reply.error.decline_code, Some(DeclineCode::InsufficientFunds));
    assert_eq!(reply.error.charge.as_deref(), Some("ch_3MmlLr"));

    let missing = r#"{"error": {"code": "parameter_missing", "message": "Missing required param: amount.", "param": "amount", "type": "invalid_request_error"}}"#;
    let Some(StripeError::BadRequest(Some(reply))) = error_of(400, missing).await.class() else {
        panic!()
    };
    assert_eq!(reply.error.r#type, ProblemType::InvalidRequestError);
    assert_eq!(
        (reply.error.code.as_deref(), reply.error.param.as_deref()),
        (Some("parameter_missing"), Some("amount"))
    );

    let body = r#"{"error": {"type": "brand_new_error", "message": "m"}}"#;
    for (status, name) in [
        (401, "Unauthorized"),
        (403, "Forbidden"),
        (404, "NotFound"),
        (409, "Conflict"),
        (424, "ExternalDependencyFailed"),
        (429, "TooManyRequests"),
        (500, "ServerError"),
        (503, "ServerError"),
    ] {
        let error = error_of(status, body).await;
        assert!(
            error.to_string().starts_with(&format!("POST v1/charges: {status} {name}: m")),
            "{error}"
        );
        let problem: Option<connectors_examples::apis::stripe::ErrorReply> = error.body_as();
        assert_eq!(
            problem.unwrap().error.r#type,
            ProblemType::Unknown("brand_new_error".to_owned())
        );
    }
}

#[test]
fn the_key_is_never_shown() {
    let key = Secret::new("sk_test_canary");
    let builder = connectors_examples::apis::stripe::builder("https://api.stripe.com", &key);
    let shown = format!("{builder:?}");
    let stripe = Stripe::new(builder.build().unwrap());
    let shown = format!("{shown} {stripe:?} {:?}", stripe.on_behalf_of("acct_1"));
    assert!(!shown.contains("canary") && !shown.contains("c2tf"), "{shown}");
}

#[test]
fn endpoints_match_the_reference() {
    let documented = [
        (ChargesClient::CREATE, "POST v1/charges"),
        (ChargesClient::RETRIEVE, "GET v1/charges/<id>"),
        (ChargesClient::UPDATE, "POST v1/charges/<id>"),
        (ChargesClient::CAPTURE, "POST v1/charges/<id>/capture"),
        (ChargesClient::LIST, "GET v1/charges"),
        (ChargesClient::SEARCH, "GET v1/charges/search"),
        (CustomersClient::CREATE, "POST v1/customers"),
        (CustomersClient::RETRIEVE, "GET v1/customers/<id>"),
        (CustomersClient::UPDATE, "POST v1/customers/<id>"),
        (CustomersClient::DELETE, "DELETE v1/customers/<id>"),
        (CustomersClient::LIST, "GET v1/customers"),
        (CustomersClient::SEARCH, "GET v1/customers/search"),
        (PaymentIntentsClient::CREATE, "POST v1/payment_intents"),
        (PaymentIntentsClient::RETRIEVE, "GET v1/payment_intents/<id>"),
        (PaymentIntentsClient::SETTLED, "GET v1/payment_intents/<id>"),
        (PaymentIntentsClient::UPDATE, "POST v1/payment_intents/<id>"),
        (PaymentIntentsClient::CONFIRM, "POST v1/payment_intents/<id>/confirm"),
        (PaymentIntentsClient::CAPTURE, "POST v1/payment_intents/<id>/capture"),
        (PaymentIntentsClient::CANCEL, "POST v1/payment_intents/<id>/cancel"),
        (PaymentIntentsClient::LIST, "GET v1/payment_intents"),
        (PaymentIntentsClient::SEARCH, "GET v1/payment_intents/search"),
        (RefundsClient::CREATE, "POST v1/refunds"),
        (RefundsClient::RETRIEVE, "GET v1/refunds/<id>"),
        (RefundsClient::UPDATE, "POST v1/refunds/<id>"),
        (RefundsClient::CANCEL, "POST v1/refunds/<id>/cancel"),
        (RefundsClient::LIST, "GET v1/refunds"),
        (BalanceClient::RETRIEVE, "GET v1/balance"),
        (BalanceClient::TRANSACTION, "GET v1/balance_transactions/<id>"),
        (BalanceClient::TRANSACTIONS, "GET v1/balance_transactions"),
    ];
    for (endpoint, operation) in documented {
        assert_eq!(endpoint.to_string(), operation);
    }
}

/// Calls of each group, recorded and made again without the server.
#[tokio::test]
async fn payments_are_recorded_and_replayed() {
    let state = |state: &str| {
        let mut intent: serde_json::Value = serde_json::from_str(PAYMENT_INTENT).unwrap();
        intent["status"] = state.into();
        Reply::json(200, &intent.to_string())
    };
    let replies = [
        Reply::empty(500),
        Reply::close(),
        Reply::json(200, CHARGE).header("request-id", "req_123"),
        list(&[(CHARGE, "ch_1"), (CHARGE, "ch_2")], true),
        list(&[(CHARGE, "ch_3")], false),
        found(CHARGE, "ch_1", Some("n/1==")),
        found(CHARGE, "ch_2", None),
        Reply::json(200, CUSTOMER),
        state("processing"),
        state("processing"),
        state("succeeded"),
        Reply::json(200, REFUND),
        list(&[(TRANSACTION, "txn_2")], false),
        Reply::json(
            402,
            r#"{"error": {"type": "card_error", "message": "Your card was declined."}}"#,
        ),
    ];
    let open = |url: &str, recorder: &Recorder| {
        let key = Secret::new("sk_test_26PHem9AhJZvU623DfE1x4sd");
        let builder = connectors_examples::apis::stripe::builder(url, &key).env_proxies(false);
        Stripe::new(builder.clock(TestClock::new()).recorder(recorder).build().unwrap())
    };
    let calls = async |stripe: Stripe| {
        let charge = stripe.charges.create(1099, "usd").source("tok_visa").await.unwrap();
        let mut items = stripe.charges.list().customer("cus_1").limit(2).items();
        let mut ids = Vec::new();
        while let Some(charge) = items.next().await {
            ids.push(charge.unwrap().id);
        }
        let mut found = stripe.charges.search("amount>999").items();
        while let Some(charge) = found.next().await {
            ids.push(charge.unwrap().id);
        }
        let customer =
            stripe.customers.create().name("Jenny Rosen").address(&home()).await.unwrap();
        let paid = stripe.payment_intents.settled("pi_1").poll().await.unwrap();
        let refund = stripe.refunds.create().charge("ch_1").amount(500).await.unwrap();
        let mut pages = stripe.balance.transactions().limit(3).items();
        let transaction = pages.next().await.unwrap().unwrap();
        let declined = stripe.charges.create(1, "usd").await.unwrap_err().to_string();
        (charge, ids, customer, paid, refund, transaction, declined)
    };
    let (requests, _, text) = recorded(replies, open, calls).await;
    assert_eq!(requests.len(), 14);
    assert!(!text.contains("sk_test_26PHem9") && !text.contains(BASIC), "{text}");
}
