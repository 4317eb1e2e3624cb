//! The house from outside: a real private PostgreSQL, real sockets, the real router.

mod folder;
mod private_postgres;
