//! `onside schema`

use super::{Arguments, DONE, ink, print};
use crate::compile::compile;
use crate::export::schema::{MARK, schemas, settings};
use std::path::{Path, PathBuf};

/// Write JSON Schemas, so that your editor completes keys and ids
#[derive(clap::Args)]
pub struct Schema {
    /// Where they go [default: `schema` in the project]
    dir: Option<PathBuf>,
}

impl Schema {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let project = arguments.project(None, None)?;
        let absolute = |path: &Path| std::path::absolute(path).map_err(|e| format!("{} cannot be found: {e}", path.display()));
        let root = absolute(&project.root)?;
        let dir = self.dir.as_deref().map_or_else(|| Ok(root.join("schema")), absolute)?;
        let compiled = compile(&project)?;
        let files = schemas(&compiled.playbook);
        for (name, text) in &files {
            ink::renew(&dir, name, MARK, text)?;
        }
        let folder = dir.strip_prefix(&root).unwrap_or(&dir).to_string_lossy().replace('\\', "/");
        print(&format!("{} schemas are in {folder}/. Run `onside schema` again when records have come or gone.\n", files.len()));
        print(&tell_the_editor(&root, &folder)?);
        Ok(DONE)
    }
}

/// Writes `tombi.toml`, or says what to add to the author's own.
fn tell_the_editor(root: &Path, folder: &str) -> Result<String, String> {
    let lines = settings(folder);
    let own = ["tombi.toml", ".tombi.toml"].into_iter().find(|name| ink::is_there(root, name));
    let Some(name) = own else {
        ink::create(root, "tombi.toml", &lines)?;
        return Ok("tombi.toml tells your editor: install its Tombi extension, and it completes keys and ids.\n".to_owned());
    };
    let says_so = ink::text_of(root, name).is_some_and(|text| text.contains(&format!("{folder}/records.schema.json")));
    if says_so {
        return Ok(format!("{name} tells your editor already.\n"));
    }
    let (_, entries) = lines.split_once("\n\n").unwrap_or_default();
    let wanted = entries.split("\n# ").next().unwrap_or_default();
    Ok(format!("{name} is yours, so it was left as it is. Add these lines to it:\n\n{wanted}"))
}
