//! Charges and customers of Stripe.
