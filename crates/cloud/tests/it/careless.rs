//! The variant that races beat: it looks whether there is room, and takes it afterwards. Tests of races run it first, so
//! that they are known to be able to fail.

use std::sync::Arc;

use sqlx::PgPool;
use tokio::{sync::Barrier, task::JoinSet};

/// How many of `many` get in where `room` is, when each looks first and writes afterwards, and all have looked before
/// the first one writes.
pub async fn look_then_write(pool: &PgPool, room: i64, many: usize) -> usize {
    sqlx::query("create table if not exists careless (taken int not null)").execute(pool).await.expect("a table");
    sqlx::query("delete from careless").execute(pool).await.expect("an empty one");
    let all_have_looked = Arc::new(Barrier::new(many));
    let mut running = JoinSet::new();
    for _ in 0..many {
        let (pool, all_have_looked) = (pool.clone(), all_have_looked.clone());
        running.spawn(async move {
            let taken: i64 =
                sqlx::query_scalar("select count(*) from careless").fetch_one(&pool).await.expect("counts");
            all_have_looked.wait().await;
            if taken < room {
                sqlx::query("insert into careless values (1)").execute(&pool).await.expect("writes");
            }
            taken < room
        });
    }
    running.join_all().await.into_iter().filter(|got_in| *got_in).count()
}
