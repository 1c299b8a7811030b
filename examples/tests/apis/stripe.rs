//! Charges and customers of Stripe: what is sent.
