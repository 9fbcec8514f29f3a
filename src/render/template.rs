//! The door to tera.
//!
//! Every template is escaped, whatever its ending. A project's template takes the place
//! of the default's of the same name and may extend it as `default/<name>`.

use super::theme::Theme;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Tera};

/// The templates of a theme.
pub struct Templates {
    tera: Tera,
    /// A template's path in the project, by its name.
    paths: BTreeMap<String, String>,
}

impl Templates {
    /// Parses them all.
    ///
    /// # Errors
    /// A sentence that names the template and the place.
    pub fn new(theme: &Theme) -> Result<Self, String> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![""]);
        tera.set_escape_fn(crate::site::html::escape_to);
        tera.set_fallback_prefixes(["default/"]).map_err(|e| words(&e))?;
        let files = theme.templates();
        let paths = files.iter().map(|(name, _, path)| (name.clone(), path.clone())).collect();
        tera.add_raw_templates(files.iter().map(|(name, text, _)| (name.as_str(), text.as_str())))
            .map_err(|e| format!("the theme cannot be used: {}", placed(&words(&e), &files)))?;
        Ok(Self { tera, paths })
    }

    /// Fills in a template.
    ///
    /// # Errors
    /// A sentence that names the template and the page.
    pub fn render(&self, name: &str, address: &str, frame: &impl Serialize, view: &impl Serialize) -> Result<String, String> {
        let mut context = Context::new();
        context.insert("frame", frame);
        context.insert("view", view);
        self.tera.render(name, &context).map_err(|error| {
            let path = self.paths.get(name).or_else(|| self.paths.get(&format!("default/{name}"))).map_or(name, String::as_str);
            format!("{path}: the page {address} cannot be made: {}", words(&error))
        })
    }

    /// Fills in a component that has one argument and a body.
    ///
    /// # Errors
    /// A sentence that names the component and the page.
    pub fn component(
        &self,
        name: &str,
        address: &str,
        (key, argument): (&'static str, &impl Serialize),
        body: &str,
    ) -> Result<String, String> {
        let mut context = Context::new();
        context.insert(key, argument);
        let printed = self.tera.render_component(name, &context, Some(body), true);
        printed.map_err(|error| format!("the component {name}: the page {address} cannot be made: {}", words(&error)))
    }
}

/// A parser's words with the template's path in the place of its name.
fn placed(words: &str, files: &[(String, String, String)]) -> String {
    let words = words.trim_start_matches("error: ");
    let path = |text: String, (name, _, path): &(String, String, String)| text.replace(&format!("--> {name}:"), &format!("--> {path}:"));
    files.iter().fold(words.to_owned(), path)
}

/// An error and what caused it, in one line each.
fn words(error: &tera::Error) -> String {
    let mut all = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        all.push_str("\n  ");
        all.push_str(&cause.to_string());
        source = cause.source();
    }
    all
}
