//! A new folder, and what is laid into it: the sample for `demo`, the starter for `new`.

use include_dir::Dir;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A folder with something in it is left alone; what `git init` leaves in one is nothing.
pub fn refuse_full(dir: &Path, example: &str) -> Result<(), String> {
    match fs::read_dir(dir) {
        Ok(entries) => match entries.flatten().find(|entry| entry.file_name() != ".git") {
            Some(_) => Err(format!("{} is not empty: name a new folder, as in `{example}`", dir.display())),
            None => Ok(()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(_) => Err(format!("{} is not a folder one can write to: name a new one, as in `{example}`", dir.display())),
    }
}

/// Writes files and folders; gives how many files.
pub fn lay(dir: &Dir<'_>, to: &Path) -> Result<usize, String> {
    let failed = |path: &Path, error: std::io::Error| format!("{} cannot be written: {error}; name another folder", path.display());
    fs::create_dir_all(to).map_err(|e| failed(to, e))?;
    let mut count = 0;
    for file in dir.files() {
        let path = to.join(file.path().file_name().unwrap_or_default());
        fs::write(&path, file.contents()).map_err(|e| failed(&path, e))?;
        count += 1;
    }
    for inner in dir.dirs() {
        count += lay(inner, &to.join(inner.path().file_name().unwrap_or_default()))?;
    }
    Ok(count)
}

/// Writes one file.
pub fn write(dir: &Path, name: &str, text: &str) -> Result<(), String> {
    let path = dir.join(name);
    fs::write(&path, text).map_err(|error| format!("{} cannot be written: {error}; name another folder", path.display()))
}

/// Every file of a folder that the program carries, by its path under a name.
pub fn files(dir: &Dir<'_>, name: &str) -> BTreeMap<String, Vec<u8>> {
    let inner = |path: &Path| format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy());
    let mut all: BTreeMap<String, Vec<u8>> = dir.files().map(|file| (inner(file.path()), file.contents().to_vec())).collect();
    all.extend(dir.dirs().flat_map(|folder| files(folder, &inner(folder.path()))));
    all
}
