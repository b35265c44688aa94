//! How a complaint came.

/// The way by which a complaint's first words reached us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// By text.
    Sms,
    /// By the public form.
    Web,
    /// Across a desk: somebody of a partner took it down.
    WalkIn,
    /// On the printed form, entered later.
    Paper,
    /// In a file of another system.
    Import,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Sms,
        Self::Web,
        Self::WalkIn,
        Self::Paper,
        Self::Import,
    ];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Web => "web",
            Self::WalkIn => "walk_in",
            Self::Paper => "paper",
            Self::Import => "import",
        }
    }

    /// The channel with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|channel| channel.as_str() == word)
    }
}
