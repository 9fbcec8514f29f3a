//! The thresholds of the checks: `[limits]` of the playbook, else what a careful team would choose.

use crate::model::Playbook;
use crate::model::value::Duration;

/// Thresholds.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many activities one role may be accountable for, or do.
    pub accountable_max: usize,
    /// How long a retired name may go on before it is an error.
    pub retired_grace: Duration,
    /// Words that prove nothing in a criterion, in lower case.
    pub vague_words: Vec<String>,
}

/// What two people understand differently.
const VAGUE: [&str; 14] = [
    "good",
    "great",
    "nice",
    "interested",
    "interesting",
    "soon",
    "quickly",
    "promising",
    "suitable",
    "appropriate",
    "sufficient",
    "enough",
    "warm",
    "serious",
];

impl Limits {
    /// Those of a playbook.
    pub fn of(playbook: &Playbook) -> Self {
        let own = playbook.own().and_then(|s| s.limits.clone()).unwrap_or_default();
        let vague = own.vague_words.iter().map(|w| w.trim().to_lowercase()).filter(|w| !w.is_empty()).collect::<Vec<_>>();
        Self {
            accountable_max: own.accountable_max.map_or(12, |n| n as usize),
            retired_grace: own.retired_grace.unwrap_or(Duration { count: 6, unit: "month", business: false }),
            vague_words: if vague.is_empty() { VAGUE.map(str::to_owned).to_vec() } else { vague },
        }
    }
}
