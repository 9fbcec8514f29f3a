//! What adopting did and what needs a person, as a page to keep beside the project and strike things off.

use super::{Plan, Table};

impl Plan {
    /// How many rows of tables became records, and how many did not.
    pub fn rows(&self) -> (usize, usize) {
        let sum = |of: fn(&Table) -> usize| self.tables.iter().map(of).sum();
        (sum(|t| t.taken), sum(|t| t.left.len()))
    }

    /// The report.
    pub fn report(&self, from: &str, kept: &[String]) -> String {
        let (taken, left) = self.rows();
        let mut out = format!("# What was adopted from {from}\n\n");
        out.push_str(&format!("- {} in `content/pages/`\n", counted(self.pages, "page")));
        if self.tables.is_empty() {
            out.push_str("- No table of who does what was found, and no glossary\n");
        } else {
            out.push_str(&format!("- {} found in tables became {}", counted(taken + left, "row"), counted(taken, "record")));
            out.push_str(" in `content/adopted/`; the tables stay in their pages as well\n");
        }
        out.push_str("- Strike off below what you have seen to, then delete this file. Nothing reads it.\n");
        self.tables_into(&mut out);
        let roles: Vec<String> = self.new_roles.iter().map(|title| format!("`{title}`")).collect();
        list(
            "Roles to give a team",
            "Tables name these roles, and nobody had written them down. Each waits in `content/adopted/roles.toml` for its team; one may be another under a second name.",
            &roles,
            &mut out,
        );
        list("To look at", "", &self.notes, &mut out);
        list("Kept as it was", "These were there already, and nothing is overwritten.", kept, &mut out);
        list("Left behind", "These stay in the old handbook.", &self.left, &mut out);
        out
    }

    fn tables_into(&self, out: &mut String) {
        if self.tables.is_empty() {
            return;
        }
        out.push_str("\n## Tables\n");
        for table in &self.tables {
            let all = table.taken + table.left.len();
            let done = if table.left.is_empty() {
                "all of it"
            } else if table.taken == 0 {
                "nothing of it"
            } else {
                "a part of it"
            };
            out.push_str(&format!(
                "\n- `{}` ({}): {done} is records now, {} of {}\n",
                table.place,
                table.what,
                table.taken,
                counted(all, "row")
            ));
            for left in &table.left {
                out.push_str(&format!("  - [ ] {left}\n"));
            }
        }
    }
}

fn list(title: &str, says: &str, items: &[String], out: &mut String) {
    if items.is_empty() {
        return;
    }
    out.push_str(&format!("\n## {title}\n\n"));
    if !says.is_empty() {
        out.push_str(&format!("{says}\n\n"));
    }
    for item in items {
        out.push_str(&format!("- [ ] {item}\n"));
    }
}

/// "1 page", "2 pages".
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
