//! Invented people at invented addresses, for "Fill with invented data". Their mail addresses lie in `example.com`
//! (RFC 2606) and their phone numbers in the ranges that are kept for drama (NANPA 555-01xx, Ofcom, ACMA).

use crate::call::random_bytes;

const FIRST: [&str; 16] = [
    "Robin", "Alex", "Sam", "Kim", "Noor", "Mika", "Ari", "Jo", "Lou", "Sasha", "Charlie", "Toni", "Dana", "Remy",
    "Yuki", "Chris",
];
const LAST: [&str; 16] = [
    "Sample",
    "Example",
    "Doe",
    "Placeholder",
    "Specimen",
    "Draft",
    "Muster",
    "Prueba",
    "Esempio",
    "Modell",
    "Proof",
    "Sketch",
    "Pattern",
    "Tester",
    "Rehearsal",
    "Standin",
];
const TRADE: [&str; 8] = ["Bakery", "Studio", "Workshop", "Library", "Garden", "Orchestra", "Laboratory", "Bookshop"];
const STREET: [&str; 8] = [
    "Sample Street",
    "Example Road",
    "Practice Lane",
    "Test Avenue",
    "Rehearsal Row",
    "Draft Drive",
    "Dummy Way",
    "Demo Court",
];

/// City, state, postal code, country, and a phone number whose last two digits are still to be drawn.
const PLACE: [(&str, &str, &str, &str, &str); 4] = [
    ("Springfield", "Oregon", "97477", "United States", "+1 541 555 01"),
    ("Riverton", "Ontario", "K1A 0B1", "Canada", "+1 613 555 01"),
    ("Exampleford", "Sampleshire", "ZZ99 3VZ", "United Kingdom", "+44 20 7946 09"),
    ("Practice Bay", "New South Wales", "2999", "Australia", "+61 2 5550 12"),
];

/// An invented person.
pub(super) struct Person {
    pub full_name: String,
    pub email: String,
    pub account_name: String,
    pub phone_number: String,
    pub country: String,
    pub address: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
}

/// Somebody else at each call.
pub(super) fn person() -> Person {
    let mut dice = random_bytes(8).into_iter().map(usize::from);
    let mut roll = move |sides: usize| dice.next().unwrap_or_default() % sides;
    let (first, last) = (FIRST[roll(FIRST.len())], LAST[roll(LAST.len())]);
    let trade = TRADE[roll(TRADE.len())];
    let street = STREET[roll(STREET.len())];
    let (city, state, postal_code, country, phone) = PLACE[roll(PLACE.len())];
    let number = roll(250) * 250 + roll(250);
    let ending = roll(100);
    Person {
        full_name: format!("{first} {last}"),
        email: format!("{}.{}.{number:05}@example.com", first.to_lowercase(), last.to_lowercase()),
        account_name: format!("{last} {trade}"),
        phone_number: format!("{phone}{ending:02}"),
        country: country.to_owned(),
        address: format!("{} {street}", number % 120 + 1),
        city: city.to_owned(),
        state: state.to_owned(),
        postal_code: postal_code.to_owned(),
    }
}

/// A password that keeps the rules and that nobody can guess.
pub(super) fn password() -> String {
    model::password::generate(16, random_bytes)
}
