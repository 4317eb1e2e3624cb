//! The console's home, its settings, and the pages for what is not there.

mod absent;
mod actions;
mod console;
mod events;
mod find;
pub mod found;
mod missing;
mod settings;
mod too_long;

pub use console::Home;
pub use events::{Events, notices};
pub use missing::{MissingService, NotFound};
pub use settings::Settings;
pub use too_long::TooLong;
