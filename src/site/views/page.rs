//! A page of running text: whatever the playbook says in prose.

use super::parts::Empty;
use crate::site::html::Html;
use crate::site::prose::Prose;
use serde::Serialize;

/// A page.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Its summary.
    pub lead: Option<Html>,
    /// Its text.
    pub body: Option<Prose>,
    /// Stands here where there is no text.
    pub empty: Option<Empty>,
}
