//! Sending: every mail once, however many send; none held up by another; none lost with whoever was sending it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use cloud::{Cloud, Delivery, Settings, Verdict};
use sqlx::PgPool;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{
    browser::{Browser, column, house},
    mail::{deliver, queue, smtp, state},
};

/// Mails that all servers together have on their way to one destination.
const TO_ONE_DESTINATION: usize = 4;

/// Puts a mail into the queue for each address.
async fn queue_to(cloud: &Cloud, addresses: impl IntoIterator<Item = String>) {
    for address in addresses {
        Browser::open(cloud).await.start_sign_up(&address).await.expect("starts");
    }
}

fn domain(mail: &Delivery) -> String {
    mail.to.rsplit_once('@').expect("an address").1.to_owned()
}

async fn sql(pool: &PgPool, statement: &'static str) {
    sqlx::query(statement).execute(pool).await.expect(statement);
}

/// Waits until `done` says so; a test that hangs here has found a fault.
async fn until(done: impl Fn() -> bool) {
    for _ in 0..4000 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never came to pass");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn workers_side_by_side_send_every_mail_once(pool: PgPool) {
    let (one, two) = (house(&pool, smtp()).await, house(&pool, smtp()).await);
    queue_to(&one, (0..28).map(|at| format!("new{at}@d{}.example", at % 7))).await;
    let sent: Arc<Mutex<BTreeMap<Uuid, usize>>> = Arc::default();
    let work = |cloud: Cloud| {
        let sent = sent.clone();
        async move {
            let send = |mail: Delivery| {
                *sent.lock().expect("not poisoned").entry(mail.mail_id).or_default() += 1;
                async {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    Verdict::Sent
                }
            };
            while cloud.deliver_due(send).await.expect("delivers") > 0 {}
        }
    };
    tokio::join!(work(one.clone()), work(two), work(one));
    let sent = sent.lock().expect("not poisoned").clone();
    assert_eq!((sent.len(), sent.values().max()), (28, Some(&1)));
    assert_eq!(state(&pool).await, vec!["sent 1"; 28]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_dead_workers_mails_are_sent_by_another_under_the_same_id(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 1).await;
    let begun = Mutex::new(None);
    let stuck = cloud.deliver_due(|mail| {
        *begun.lock().expect("not poisoned") = Some(mail.message_id);
        std::future::pending()
    });
    tokio::select! {
        _ = stuck => panic!("never ends"),
        () = until(|| begun.lock().expect("not poisoned").is_some()) => {}
    }
    assert!(deliver(&cloud).await.is_empty(), "the lease holds");
    sql(&pool, "update mail set lease_until = now() - interval '1 second'").await;
    let again = deliver(&cloud).await;
    assert_eq!(Some(&again[0].message_id), begun.lock().expect("not poisoned").as_ref());
    assert_eq!(state(&pool).await, ["sent 2"]);
}

/// Whoever was too slow has lost the mail: what they say of it afterwards changes nothing.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_worker_whose_lease_has_ended_decides_nothing(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 1).await;
    let (begun, answer) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow = {
        let (begun, answer) = (begun.clone(), answer.clone());
        cloud.deliver_due(move |_| {
            let (begun, answer) = (begun.clone(), answer.clone());
            async move {
                begun.notify_one();
                answer.notified().await;
                Verdict::Refused("550 no such user".into())
            }
        })
    };
    let other = async {
        begun.notified().await;
        sql(&pool, "update mail set lease_until = now() - interval '1 second'").await;
        assert_eq!(deliver(&cloud).await.len(), 1);
        answer.notify_one();
    };
    let (slow, ()) = tokio::join!(slow, other);
    slow.expect("delivers");
    assert_eq!(state(&pool).await, ["sent 2"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_destination_that_hangs_holds_up_no_other(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue_to(&cloud, (0..7).map(|at| format!("new{at}@hangs.example"))).await;
    queue_to(&cloud, (0..10).map(|at| format!("new{at}@answers.example"))).await;
    queue_to(&cloud, ["late@other.example".to_owned()]).await;
    let (hanging, sent) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    let send = |mail: Delivery| {
        let hangs = domain(&mail) == "hangs.example";
        if hangs {
            hanging.fetch_add(1, Ordering::SeqCst);
        } else {
            sent.lock().expect("not poisoned").insert(mail.to);
        }
        async move { if hangs { std::future::pending().await } else { Verdict::Sent } }
    };
    let newcomer = async {
        until(|| sent.lock().expect("not poisoned").len() == 11).await;
        // What becomes due while some hang is not left until they have ended.
        queue_to(&cloud, ["newcomer@other.example".to_owned()]).await;
        until(|| sent.lock().expect("not poisoned").contains("newcomer@other.example")).await;
    };
    tokio::select! {
        _ = cloud.deliver_due(send) => panic!("some never end"),
        () = newcomer => {}
    }
    assert_eq!(hanging.load(Ordering::SeqCst), TO_ONE_DESTINATION);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_destination_gets_no_more_from_two_servers_than_from_one(pool: PgPool) {
    let (one, two) = (house(&pool, smtp()).await, house(&pool, smtp()).await);
    queue(&one, 12).await;
    let begun = AtomicUsize::new(0);
    let send = |_: Delivery| {
        begun.fetch_add(1, Ordering::SeqCst);
        std::future::pending::<Verdict>()
    };
    let servers = async { tokio::join!(one.deliver_due(send), two.deliver_due(send)) };
    tokio::select! {
        // The server that got none ends; the other does not.
        _ = servers => panic!("some never end"),
        () = async {
            until(|| begun.load(Ordering::SeqCst) >= TO_ONE_DESTINATION).await;
            // Both have looked once more by then.
            tokio::time::sleep(Duration::from_millis(1500)).await;
        } => {}
    }
    assert_eq!(begun.load(Ordering::SeqCst), TO_ONE_DESTINATION);
}

/// Where one mail waits for its next try the others go one by one; elsewhere several at a time.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_destination_that_failed_takes_up_little_room(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    for name in ["failed", "fine"] {
        queue_to(&cloud, (0..6).map(|at| format!("new{at}@{name}.example"))).await;
    }
    sql(&pool, "update mail set not_before = now() + interval '1 hour' where recipient = 'new0@failed.example'").await;
    let now: Arc<Mutex<BTreeMap<String, (usize, usize)>>> = Arc::default();
    let send = |mail: Delivery| {
        let (now, domain) = (now.clone(), domain(&mail));
        async move {
            {
                let mut now = now.lock().expect("not poisoned");
                let (current, most) = now.entry(domain.clone()).or_default();
                *current += 1;
                *most = (*most).max(*current);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            now.lock().expect("not poisoned").entry(domain).or_default().0 -= 1;
            Verdict::Sent
        }
    };
    assert_eq!(cloud.deliver_due(send).await.expect("delivers"), 11);
    let most = |name: &str| now.lock().expect("not poisoned")[name].1;
    assert_eq!((most("failed.example"), most("fine.example")), (1, TO_ONE_DESTINATION));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn failures_wait_longer_and_longer_or_end(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 1).await;
    sql(&pool, "update mail set give_up_at = now() + interval '4 days'").await;
    let answer = |verdict: Verdict| cloud.deliver_due(move |_| std::future::ready(verdict.clone()));
    let waits = || {
        column(
            &pool,
            "select round(extract(epoch from not_before - now()) / 60)::text from mail where state = 'queued'",
        )
    };
    assert_eq!(answer(Verdict::Retry("451 later".into())).await.expect("delivers"), 1);
    assert_eq!(state(&pool).await, ["queued 1 451 later"]);
    assert_eq!(waits().await, ["1"]);
    assert_eq!(answer(Verdict::Sent).await.expect("delivers"), 0, "not before its time");
    sql(&pool, "update mail set attempts = 6, not_before = now()").await;
    answer(Verdict::Retry("451 later".into())).await.expect("delivers");
    let wait: f64 = waits().await[0].parse().expect("minutes");
    assert!((47.0..=73.0).contains(&wait), "{wait}");
    sql(&pool, "update mail set attempts = 28, not_before = now()").await;
    answer(Verdict::Retry("451 later".into())).await.expect("delivers");
    assert_eq!(state(&pool).await, ["failed 29 451 later"]);
    queue(&cloud, 1).await;
    answer(Verdict::Refused("550 no such user".into())).await.expect("delivers");
    assert_eq!(state(&pool).await, ["failed 1 550 no such user", "failed 29 451 later"]);
}

/// The waits of mails that failed together differ, so that they do not come back together.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn waits_are_spread(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 8).await;
    cloud.deliver_due(|_| std::future::ready(Verdict::Retry("451 later".into()))).await.expect("delivers");
    let waits = column(&pool, "select distinct round(extract(epoch from not_before - now()))::text from mail where attempts = 1 and last_error is not null").await;
    assert!(waits.len() > 1, "{waits:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_sender_that_never_answers_is_given_up(pool: PgPool) {
    let settings = Settings { mail_patience: Duration::from_millis(500), ..smtp() };
    let cloud = house(&pool, settings).await;
    queue(&cloud, 1).await;
    cloud.deliver_due(|_| std::future::pending()).await.expect("delivers");
    assert_eq!(state(&pool).await, ["queued 1 no answer within 0.5 seconds"]);
}

/// A fault of ours in the middle of a mail is that mail's alone.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_panic_costs_one_try_of_one_mail(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 3).await;
    let send = |mail: Delivery| async move {
        assert!(mail.to != "new1@example.com", "a fault");
        Verdict::Sent
    };
    assert_eq!(cloud.deliver_due(send).await.expect("delivers"), 2);
    sql(&pool, "update mail set lease_until = now() - interval '1 second' where state = 'queued'").await;
    assert_eq!(deliver(&cloud).await.len(), 1);
    assert_eq!(state(&pool).await, ["sent 1", "sent 1", "sent 2"]);
}

/// No try of any mail is counted, and while it lasts one mail asks now and then.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_server_that_is_down_stops_all_mail_for_a_while(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 15).await;
    let tries = AtomicUsize::new(0);
    let down = || {
        cloud.deliver_due(|_| {
            tries.fetch_add(1, Ordering::SeqCst);
            std::future::ready(Verdict::Down("no route".into()))
        })
    };
    let pause = || async {
        let pause =
            "select failures || ' ' || round(extract(epoch from paused_until - now())) || ' ' || why from mail_server";
        column(&pool, pause).await.remove(0)
    };
    for _ in 0..3 {
        assert_eq!(down().await.expect("delivers"), 0);
    }
    assert_eq!(tries.load(Ordering::SeqCst), TO_ONE_DESTINATION, "those that were on their way, and no more");
    assert_eq!(pause().await, "1 10 no route");
    assert_eq!(cloud.health().await.expect("answers").mail_server_trouble.as_deref(), Some("no route"));
    for (failures, seconds) in [(2, 20), (3, 40), (4, 80), (5, 160), (6, 300), (7, 300)] {
        sql(&pool, "update mail_server set paused_until = now()").await;
        let before = tries.load(Ordering::SeqCst);
        assert_eq!(down().await.expect("delivers"), 0);
        assert_eq!(tries.load(Ordering::SeqCst), before + 1, "one asks for all");
        assert_eq!(pause().await, format!("{failures} {seconds} no route"));
    }
    assert_eq!(state(&pool).await, vec!["queued 0"; 15]);
    sql(&pool, "update mail_server set paused_until = now()").await;
    assert_eq!(deliver(&cloud).await.len(), 15);
    assert_eq!(column(&pool, "select failures::text || coalesce(why, '') from mail_server").await, ["0"]);
    assert_eq!(cloud.health().await.expect("answers").mail_server_trouble, None);
}

/// A code that is good no longer helps nobody; what lasts is kept for days, and then the operator sees it.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_is_not_worth_sending_any_more_is_a_dead_letter(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 1).await;
    let good = "select round(extract(epoch from give_up_at - now()) / 60)::text from mail where state = 'queued'";
    assert_eq!(column(&pool, good).await, ["10"]);
    sql(&pool, "update mail set give_up_at = now() + interval '30 seconds'").await;
    cloud.deliver_due(|_| std::future::ready(Verdict::Retry("451 later".into()))).await.expect("delivers");
    assert_eq!(state(&pool).await, ["failed 1 451 later"], "the next try would come too late");

    queue_to(&cloud, ["other@example.com".to_owned()]).await;
    sql(&pool, "update mail set give_up_at = now() where state = 'queued'").await;
    assert!(deliver(&cloud).await.is_empty());
    cloud.deliver_due(|_| std::future::ready(Verdict::Sent)).await.expect("delivers");
    sql(&pool, "update mail_server set failures = 1, why = 'no route', since = now()").await;
    cloud.sweep().await.expect("sweeps");
    assert_eq!(state(&pool).await, ["failed 0 not taken in time; no route", "failed 1 451 later"]);
}

/// When a server leaves it begins nothing more, and sees to its end what is on its way.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn whoever_leaves_begins_nothing_more(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 9).await;
    let begun = AtomicUsize::new(0);
    let send = |_: Delivery| {
        begun.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Verdict::Sent
        }
    };
    let sent = cloud.deliver_due_while(|| begun.load(Ordering::SeqCst) == 0, send).await.expect("delivers");
    assert_eq!(sent, TO_ONE_DESTINATION);
    assert_eq!(column(&pool, "select count(*)::text from mail where state = 'sent'").await, ["4"]);
}
