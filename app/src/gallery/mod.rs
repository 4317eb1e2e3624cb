//! Every component with its states.
