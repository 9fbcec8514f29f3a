//! `onside theme`

use super::{Arguments, DONE, ink, print};
use crate::compile::compile;
use crate::diagnostic::suggest;
use crate::project::Project;
use crate::render::{LEDGER, default_file, default_paths, entry};
use std::io::Write;

/// Make the site look like yours, file by file
#[derive(clap::Subcommand)]
pub enum Theme {
    /// List the default theme's files
    List,
    /// Print a file of the default theme
    Show {
        /// Its path, as `onside theme list` prints it
        file: String,
    },
    /// Copy a file of the default theme into your own theme, where it takes the default's place
    Eject {
        /// Its path, as `onside theme list` prints it
        file: String,
        /// Your theme's folder under themes/, where content/playbook.toml names none yet
        #[arg(long, value_name = "NAME", default_value = "own")]
        theme: String,
    },
    /// Say that you have seen how a copied file's default changed
    Seen {
        /// Its path, as `onside theme list` prints it
        file: String,
    },
}

impl Theme {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        match self {
            Theme::List => default_paths().iter().for_each(|path| print(&format!("{path}\n"))),
            Theme::Show { file } => {
                let path = known(file)?;
                // A reader that has gone away is no fault of ours.
                let _ = std::io::stdout().write_all(default_file(&path).unwrap_or_default());
            }
            Theme::Eject { file, theme } => eject(&arguments.project(None, None)?, &known(file)?, theme)?,
            Theme::Seen { file } => seen(&arguments.project(None, None)?, &known(file)?)?,
        }
        Ok(DONE)
    }
}

/// A file of the default theme, by its path or the end of it.
fn known(typed: &str) -> Result<String, String> {
    let typed = typed.trim_start_matches("themes/default/");
    let paths = default_paths();
    let fits = |path: &&String| *path == typed || path.ends_with(&format!("/{typed}"));
    match paths.iter().filter(fits).collect::<Vec<_>>().as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let advice = match suggest::nearest(typed, paths.iter().flat_map(|p| [p.as_str(), p.trim_start_matches("templates/")])) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`onside theme list` prints them all".to_owned(),
            };
            Err(format!("the default theme has no file `{typed}`: {advice}"))
        }
        several if several.iter().any(|path| *path == typed) => Ok(typed.to_owned()),
        several => Err(format!("`{typed}` is the end of several: say which of {}", suggest::list(several.iter().map(|p| p.as_str()), 12))),
    }
}

/// The theme that `playbook.toml` names.
fn named(project: &Project) -> Result<Option<String>, String> {
    Ok(compile(project)?.playbook.own().and_then(|settings| settings.theme.as_ref()).map(|theme| theme.value.clone()))
}

fn eject(project: &Project, path: &str, other: &str) -> Result<(), String> {
    let set = named(project)?;
    let theme = set.as_deref().unwrap_or(other);
    if theme.is_empty() || !theme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        return Err(format!("`{theme}` is no folder's name: use letters, digits and hyphens"));
    }
    let copy = format!("themes/{theme}/{path}");
    ink::create(&project.root, &copy, default_file(path).unwrap_or_default())?;
    ink::note(&project.root, &format!("themes/{theme}/{LEDGER}"), &entry(path).unwrap_or_default())?;
    print(&format!("Copied to {copy}: change it there.\n"));
    if set.is_none() {
        print(&format!(
            "Next: write this line into content/playbook.toml, above the first line that begins with [:\ntheme = \"{theme}\"\n"
        ));
    }
    Ok(())
}

fn seen(project: &Project, path: &str) -> Result<(), String> {
    let theme = named(project)?.ok_or("content/playbook.toml names no theme, so nothing was copied into one")?;
    if !ink::is_there(&project.root, &format!("themes/{theme}/{path}")) {
        return Err(format!("there is no themes/{theme}/{path}: nothing of yours stands in for this file"));
    }
    ink::note(&project.root, &format!("themes/{theme}/{LEDGER}"), &entry(path).unwrap_or_default())?;
    print(&format!("themes/{theme}/{path} is held against today's default from now on.\n"));
    Ok(())
}
