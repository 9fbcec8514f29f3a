//! A place beside a thing where a later step keeps what it worked out of it, for as long as the thing is the same.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What is kept. A copy of the thing keeps the same.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Option<Arc<dyn Any + Send + Sync>>>>);

impl Kept {
    /// Puts what is made of what was kept into its place; nothing was kept at first.
    pub fn renew<T: Send + Sync + 'static>(&self, make: impl FnOnce(Option<Arc<T>>) -> Arc<T>) -> Arc<T> {
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let made = make(before.and_then(|any| any.downcast::<T>().ok()));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(made.clone());
        made
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}
