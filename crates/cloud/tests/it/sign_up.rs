//! Signing up: the whole path, its order, its codes, and what it tells strangers.

use cloud::{Settings, SignUp};
use model::{
    ApiError, Operation as _,
    account::{
        CompleteSignUp, GetSignUp, PutContactInformation, PutPaymentMethod, ResendCode, SendPhoneCode, SetRootPassword,
        SignUpStep, StartSignUp, VerifyEmail, VerifyPhone, out_of_order,
    },
    console::ListMail,
    iam::ListUsers,
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, PASSWORD, contact, dump, finds, house, root},
    recorder::Recorder,
};

fn password(text: &str) -> SetRootPassword {
    SetRootPassword { password: text.into(), confirm_password: text.into() }
}

/// A browser whose sign-up has come to the contact information.
async fn at_contact(cloud: &cloud::Cloud, email: &str) -> Browser {
    let browser = Browser::open(cloud).await;
    browser.start_sign_up(email).await.expect("starts");
    browser.call(VerifyEmail { code: browser.newest_code().await.into() }).await.expect("verifies");
    browser.call(password(PASSWORD)).await.expect("makes the account");
    browser
}

async fn step(browser: &Browser) -> SignUpStep {
    browser.call(GetSignUp {}).await.expect("answers").step
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_whole_path(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let browser = Browser::open(&cloud).await;
    assert_eq!(step(&browser).await, SignUpStep::Start);
    browser.start_sign_up("New@Example.com").await.expect("starts");
    assert_eq!(step(&browser).await, SignUpStep::VerifyEmail);
    let code = browser.newest_code().await;
    assert_eq!(code.len(), 6);
    browser.call(VerifyEmail { code: format!(" {code} ").into() }).await.expect("verifies");
    assert_eq!(step(&browser).await, SignUpStep::Password);
    for (weak, rules) in [("abcdefgh", 1), ("Ab1", 1), ("new@example.com", 1), ("EXAMPLE", 2)] {
        let Err(ApiError::PasswordPolicyViolation { rules: broken, .. }) = browser.call(password(weak)).await else {
            panic!("{weak} was taken")
        };
        assert!(broken.len() >= rules, "{weak}: {broken:?}");
    }
    let account = browser.call(password(PASSWORD)).await.expect("makes the account").account_id;
    assert!(account.len() == 12 && account != "000000000000");
    let refused = browser.call(ListUsers::example()).await.expect_err("not yet");
    assert_eq!(refused.code(), "AccessDenied");
    browser.call(contact()).await.expect("step 2");
    browser.call(PutPaymentMethod::example()).await.expect("step 3");
    // The tab was closed; root signs in elsewhere and goes on where the form was left.
    let browser = Browser::open(&cloud).await;
    let output = browser.sign_in_root("new@example.com", PASSWORD).await.expect("signs in");
    assert!(output.sign_up_pending);
    let stands = browser.call(GetSignUp {}).await.expect("answers");
    assert_eq!(
        (stands.step, stands.contact, stands.account_id),
        (SignUpStep::Phone, Some(contact()), Some(account.clone()))
    );
    browser.call(SendPhoneCode::example()).await.expect("step 4");
    let newest = browser.mails().await.remove(0);
    assert_eq!((newest.summary.channel.as_str(), newest.html.is_none()), ("phone", true));
    browser.call(VerifyPhone { code: browser.newest_code().await.into() }).await.expect("step 4");
    browser.call(contact()).await.expect("an earlier step may be corrected");
    assert_eq!(step(&browser).await, SignUpStep::Plan);
    browser.call(CompleteSignUp::example()).await.expect("step 5");
    assert_eq!(step(&browser).await, SignUpStep::Complete);
    browser.call(ListUsers::example()).await.expect("everything is open");
    let mails = browser.mails().await;
    assert_eq!(mails[0].summary.subject, "Welcome to Understudy");
    assert_eq!(mails.len(), 3, "the sign-up's mails moved into the account's mailbox");
    assert!(browser.call(CompleteSignUp::example()).await.is_err(), "once is enough");
    let last4: Option<String> =
        sqlx::query_scalar("select card_last4 from account").fetch_one(&pool).await.expect("reads");
    assert_eq!(last4.as_deref(), Some("1111"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn no_step_can_be_skipped(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let browser = Browser::open(&cloud).await;
    let wrong = Some(out_of_order());
    assert_eq!(browser.call(VerifyEmail::example()).await.err(), wrong);
    assert_eq!(browser.call(ResendCode {}).await.err(), wrong);
    assert_eq!(browser.call(password(PASSWORD)).await.err(), wrong);
    assert_eq!(browser.call(contact()).await.err(), Some(ApiError::SignedOut));
    browser.start_sign_up("new@example.com").await.expect("starts");
    let hashes = cloud.hashes_run();
    assert_eq!(browser.call(password(PASSWORD)).await.err(), wrong, "before the code");
    assert_eq!(cloud.hashes_run(), hashes, "and nobody gets a hash computed for nothing");
    let browser = at_contact(&cloud, "second@example.com").await;
    assert_eq!(browser.call(password(PASSWORD)).await.err(), wrong, "the sign-up is used up");
    assert_eq!(browser.call(PutPaymentMethod::example()).await.err(), wrong);
    assert_eq!(browser.call(SendPhoneCode::example()).await.err(), wrong);
    assert_eq!(browser.call(VerifyPhone::example()).await.err(), wrong);
    assert_eq!(browser.call(CompleteSignUp::example()).await.err(), wrong);
    assert_eq!(step(&browser).await, SignUpStep::Contact);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn codes_grow_old_and_are_used_up(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let browser = Browser::open(&cloud).await;
    browser.start_sign_up("new@example.com").await.expect("starts");
    let code = browser.newest_code().await;
    let verify = |code: &str| browser.call(VerifyEmail { code: code.into() });
    for _ in 0..5 {
        let ApiError::InvalidCode { message } = verify("x").await.expect_err("wrong") else { panic!("another error") };
        assert!(message.starts_with("The code is not right"), "{message}");
    }
    let used_up = verify(&code).await.expect_err("the sixth try, though right");
    assert!(used_up.to_string().contains("Resend code"), "{used_up}");
    browser.call(ResendCode {}).await.expect("resends");
    let newer = browser.newest_code().await;
    assert!(newer == code || verify(&code).await.is_err(), "the code before no longer counts");
    sqlx::query("update sign_up set code_expires = now() - interval '1 second'").execute(&pool).await.expect("ages");
    assert_eq!(verify(&newer).await.err(), Some(used_up));
    browser.call(ResendCode {}).await.expect("resends");
    assert_eq!(browser.call(ResendCode {}).await.err(), Some(ApiError::Throttling), "three mails at once are enough");
    verify(&browser.newest_code().await).await.expect("verifies");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_telephones_code_has_three_tries(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let browser = at_contact(&cloud, "new@example.com").await;
    browser.call(contact()).await.expect("step 2");
    browser.call(PutPaymentMethod::example()).await.expect("step 3");
    browser.call(SendPhoneCode::example()).await.expect("sends");
    let code = browser.newest_code().await;
    let verify = |code: &str| browser.call(VerifyPhone { code: code.into() });
    for _ in 0..3 {
        assert_eq!(verify("x").await.expect_err("wrong").code(), "InvalidAuthenticationCode");
    }
    let refused = verify(&code).await.expect_err("the fourth try, though right");
    assert!(refused.to_string().contains("new one"), "{refused}");
    assert_eq!(step(&browser).await, SignUpStep::VerifyPhone);
    browser.call(SendPhoneCode::example()).await.expect("sends again");
    let newer = browser.newest_code().await;
    sqlx::query("update account set phone_code_expires = now() - interval '1 second'")
        .execute(&pool)
        .await
        .expect("ages");
    assert!(verify(&newer).await.is_err());
    browser.call(SendPhoneCode::example()).await.expect("sends again");
    verify(&browser.newest_code().await).await.expect("verifies");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_used_address_reveals_nothing_and_tells_its_owner(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, _) = root(&cloud, "root@example.com").await;
    let (used, free) = (Browser::open(&cloud).await, Browser::open(&cloud).await);
    let mut told = Vec::new();
    for (browser, email) in [(&used, "ROOT@example.com"), (&free, "free@example.com")] {
        let hashes = cloud.hashes_run();
        browser.start_sign_up(email).await.expect("starts");
        browser.call(ResendCode {}).await.expect("resends");
        let stands = browser.call(GetSignUp {}).await.expect("answers");
        assert_eq!((stands.step, stands.email.as_str()), (SignUpStep::VerifyEmail, email));
        let mut errors = Vec::new();
        for _ in 0..6 {
            errors.push(browser.call(VerifyEmail { code: "no code".into() }).await.expect_err("wrong"));
        }
        told.push((errors, cloud.hashes_run() - hashes));
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(used.mails().await.len(), 0, "the stranger sees no mail");
    let mails = owner.mails().await;
    assert_eq!(mails.len(), 1, "one notice a day");
    assert!(mails[0].summary.subject.contains("a sign-up with your email address"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_address_taken_meanwhile_ends_the_sign_up_without_a_word(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (first, second) = (Browser::open(&cloud).await, Browser::open(&cloud).await);
    for browser in [&first, &second] {
        browser.start_sign_up("new@example.com").await.expect("starts");
        browser.call(VerifyEmail { code: browser.newest_code().await.into() }).await.expect("verifies");
    }
    let (a, b) = tokio::join!(first.call(password(PASSWORD)), second.call(password(PASSWORD)));
    assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1);
    assert_eq!(a.err().or(b.err()), Some(out_of_order()));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn another_browser_sees_no_mail(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let browser = Browser::open(&cloud).await;
    browser.start_sign_up("new@example.com").await.expect("starts");
    let id = browser.call(ListMail::default()).await.expect("lists").mails.remove(0).mail_id;
    let (other, _) = root(&cloud, "root@example.com").await;
    let third = Browser::open(&cloud).await;
    third.start_sign_up("third@example.com").await.expect("starts");
    for stranger in [Browser::open(&cloud).await, other, third] {
        let listed = stranger.call(ListMail::default()).await.expect("lists").mails;
        assert!(listed.iter().all(|mail| mail.to != "new@example.com"));
        let error = stranger.call(model::console::GetMail { mail_id: id.clone() }).await.expect_err("is not theirs");
        assert_eq!(error.code(), "NoSuchEntity");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn who_may_sign_up_is_a_setting(pool: PgPool) {
    let closed = house(&pool, Settings { sign_up: SignUp::Closed, ..Settings::default() }).await;
    let browser = Browser::open(&closed).await;
    let ApiError::Forbidden { message } = browser.start_sign_up("new@example.com").await.expect_err("closed") else {
        panic!("another error")
    };
    assert!(message.starts_with("Sign-up is closed"), "{message}");
    let class = house(&pool, Settings { sign_up: SignUp::Code("Canary-Class-1".into()), ..Settings::default() }).await;
    let browser = Browser { cloud: class, ..browser };
    let start = |class_code: Option<&str>| StartSignUp {
        email: "new@example.com".into(),
        account_name: "Example".into(),
        class_code: class_code.map(Into::into),
    };
    for wrong in [None, Some(""), Some("Canary-Class-2"), Some("canary-class-1")] {
        assert_eq!(browser.call(start(wrong)).await.expect_err("wrong").code(), "ValidationError");
    }
    browser.call(start(Some("Canary-Class-1"))).await.expect("starts");
    assert_eq!(finds(&dump(&pool).await, "Canary-Class"), None);
}

/// A class sits behind one address.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn thirty_people_behind_one_address_pass(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    for at in 0..30 {
        let email = format!("student{at}@example.com");
        at_contact(&cloud, &email).await;
        Browser::open(&cloud).await.sign_in_root(&email, PASSWORD).await.expect("signs in");
    }
}

/// A real number must be nowhere, whichever field of the form it was typed into.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn card_canary(pool: PgPool) {
    const CARD: &str = "4012888888881881";
    let cloud = house(&pool, Settings::default()).await;
    let browser = at_contact(&cloud, "new@example.com").await;
    browser.call(PutContactInformation { ..contact() }).await.expect("step 2");
    let (recorder, _guard) = Recorder::start();
    let spaced = "4012 8888 8888 1881";
    for typed in [CARD, spaced, "4012-8888-8888-1881"] {
        let good = PutPaymentMethod::example();
        for form in [
            PutPaymentMethod { test_card: typed.into(), ..good.clone() },
            PutPaymentMethod { holder: typed.into(), ..good.clone() },
            PutPaymentMethod { expiration: typed.into(), ..good },
        ] {
            let error = browser.call(form).await.expect_err("is refused");
            let told = format!("{error} {error:?} {}", serde_json::to_string(&error).expect("serializes"));
            assert!(!told.contains("4012") && !told.contains("1881"), "{told}");
        }
    }
    browser.call(PutPaymentMethod::example()).await.expect("a test card is taken");
    let everything = dump(&pool).await + &recorder.take().join("\n");
    for digits in [CARD, spaced, "4012-8888", "88881881", "4111111111111111", "4111 1111"] {
        assert_eq!(finds(&everything, digits), None);
    }
    assert!(finds(&everything, "PutPaymentMethod").is_some(), "the tries themselves are in the trail");
}
