//! An operation without its type: what the waist works on.
//!
//! The waist would otherwise be compiled once for every operation, and again in every crate that calls one. The
//! implementations here are made from the operation list and compiled once, in this crate; what remains generic is
//! a box and a downcast.

use std::{any::Any, future::Future, pin::Pin};

use model::{Access, Action, ApiError, Guard, Operation};
use serde_json::Value;

use crate::{
    error::Result,
    execute::{Execute, Preparation, Target},
    tx::Tx,
};

/// A future that can be named.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An operation's output without its type.
pub type Answer = Box<dyn Any + Send>;

/// What the waist knows of an operation.
#[derive(Clone, Copy)]
pub struct Facts {
    /// See [`Operation::ACTION`].
    pub action: Action,
    /// See [`Operation::ACCESS`].
    pub access: Access,
    /// See [`Operation::GUARD`].
    pub guard: Guard,
    /// See [`Operation::HIDDEN`].
    pub hidden: &'static [&'static str],
    /// See [`Execute::PREPARES`].
    pub prepares: bool,
    /// See [`Execute::ANONYMOUS`].
    pub anonymous: bool,
    /// See [`Execute::SILENT`].
    pub silent: bool,
}

/// Implemented for the operations of the list and for nothing else: this seals [`Execute`].
pub trait Deed: Send + Sync {
    /// What the waist knows of it.
    fn facts(&self) -> Facts;
    /// See [`Operation::checked`].
    fn faults(&self) -> std::result::Result<(), ApiError>;
    /// The input as JSON, nothing masked.
    fn input(&self) -> Value;
    /// See [`Execute::prepare`].
    fn prepared<'a>(&'a self, preparation: &'a mut Preparation<'_>) -> Boxed<'a, Result<()>>;
    /// See [`Execute::target`].
    fn targeted<'a>(&'a self, tx: &'a mut Tx) -> Boxed<'a, Result<Target>>;
    /// See [`Execute::run`]; the output comes with its JSON, nothing masked.
    fn done<'a>(self: Box<Self>, tx: &'a mut Tx) -> Boxed<'a, Result<(Answer, Value)>>;
    /// The output out of the JSON that a form's first answer was kept as.
    fn again(&self, kept: Value) -> Result<Answer>;
}

macro_rules! deeds {
    ($($service:ident { $($name:ident)* })*) => { $($(
        impl Deed for model::$service::$name {
            fn facts(&self) -> Facts {
                Facts {
                    action: Self::ACTION,
                    access: Self::ACCESS,
                    guard: Self::GUARD,
                    hidden: Self::HIDDEN,
                    prepares: Self::PREPARES,
                    anonymous: Self::ANONYMOUS,
                    silent: Self::SILENT,
                }
            }

            fn faults(&self) -> std::result::Result<(), ApiError> {
                self.checked()
            }

            fn input(&self) -> Value {
                serde_json::to_value(self).unwrap_or(Value::Null)
            }

            fn prepared<'a>(&'a self, preparation: &'a mut Preparation<'_>) -> Boxed<'a, Result<()>> {
                Box::pin(self.prepare(preparation))
            }

            fn targeted<'a>(&'a self, tx: &'a mut Tx) -> Boxed<'a, Result<Target>> {
                Box::pin(self.target(tx))
            }

            fn done<'a>(self: Box<Self>, tx: &'a mut Tx) -> Boxed<'a, Result<(Answer, Value)>> {
                Box::pin(async move {
                    let output = (*self).run(tx).await?;
                    let shown = serde_json::to_value(&output)?;
                    Ok((Box::new(output) as Answer, shown))
                })
            }

            fn again(&self, kept: Value) -> Result<Answer> {
                let output: <Self as Operation>::Output = serde_json::from_value(kept)?;
                Ok(Box::new(output))
            }
        }
    )*)* };
}
model::for_each_operation!(deeds);
