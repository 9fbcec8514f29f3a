//! An activity whose name does not say what is done.

use crate::check::doubt::is_retired;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule: reading the matrix down its first column. It knows English only, and little of it: what it is not sure of it leaves.
pub const RULE: Rule = Rule {
    name: "no-verb",
    level: Level::Hint,
    why: "a name without a verb is a subject, and everybody does something else with it",
    page: include_str!("no_verb.md"),
    find,
};

/// What work is done on: never a verb at the head of a name.
const THINGS: &[&str] = &[
    "account",
    "asset",
    "brand",
    "budget",
    "buyer",
    "campaign",
    "client",
    "content",
    "contract",
    "customer",
    "data",
    "deal",
    "demand",
    "discount",
    "email",
    "enquiry",
    "event",
    "inquiry",
    "invoice",
    "lead",
    "leads",
    "market",
    "marketing",
    "message",
    "newsletter",
    "opportunity",
    "order",
    "partner",
    "persona",
    "pipeline",
    "price",
    "pricing",
    "product",
    "proposal",
    "prospect",
    "quality",
    "quarterly",
    "revenue",
    "sales",
    "segment",
    "social",
    "strategic",
    "website",
    "weekly",
    "monthly",
    "yearly",
    "annual",
];

/// What a name ends with that calls work a thing.
const DEEDS: &[&str] = &[
    "analysis",
    "approval",
    "handling",
    "handover",
    "hand-over",
    "launch",
    "management",
    "maintenance",
    "nurturing",
    "onboarding",
    "planning",
    "process",
    "processing",
    "qualification",
    "renewal",
    "reporting",
    "review",
    "reviews",
    "scoring",
    "strategy",
    "support",
    "tracking",
];

/// How nouns of doing end.
const ENDINGS: &[&str] = &["tion", "sion", "ment", "ance"];

fn find(run: &Run<'_>) -> Vec<Finding> {
    let language = run.playbook.own().and_then(|s| s.language.as_deref()).unwrap_or("en");
    if !language.to_lowercase().starts_with("en") {
        return Vec::new();
    }
    let named = run.playbook.activities.iter().filter(|a| !is_retired(&a.base) && is_a_thing(a.title()));
    named
        .map(|activity| {
            Finding::at(activity.base.title_span, format!("`{}` does not say what is done", activity.title()))
                .label("a subject, not a piece of work")
                .help("begin with a verb, as in `Answer new enquiries`, and keep the old id")
                .of(&activity.base.name)
        })
        .collect()
}

/// Whether a name is a noun of doing, alone or behind what it is done to: "Qualification", "Lead qualification".
fn is_a_thing(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_deed = |word: &&str| DEEDS.contains(word) || ENDINGS.iter().any(|e| word.len() > e.len() + 3 && word.ends_with(e));
    match words.as_slice() {
        [one] => is_deed(one) && !matches!(*one, "process" | "support" | "review" | "launch" | "reviews"),
        [first, .., last] if words.len() <= 4 => {
            let things = words.iter().take(words.len() - 1).all(|w| THINGS.contains(w) || *w == "and" || *w == "&");
            THINGS.contains(first) && things && is_deed(last)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_a_thing;

    #[test]
    fn only_what_is_surely_a_noun() {
        for title in ["Qualification", "Lead qualification", "Customer onboarding", "Price and contract negotiation", "Marketing strategy"]
        {
            assert!(is_a_thing(title), "{title}");
        }
        for title in [
            "Qualify leads",
            "Market the new collection",
            "Improve retention",
            "Price list",
            "Review contracts",
            "Order plants",
            "Nurture those not ready",
            "Hand the new client to Account Care",
            "Support",
        ] {
            assert!(!is_a_thing(title), "{title}");
        }
    }
}
