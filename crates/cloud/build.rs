//! A new migration must be compiled in: `sqlx::migrate!` alone does not see files that were added.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
