// Passkeys and security keys: lets the browser answer the challenge that the page holds, and sends the answer with the
// page's own form. The first send is held back for it; the form then goes as any other.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

// What went wrong, for people to read (WebAuthn names the errors, not their sentences).
const SENTENCES = {
    NotAllowedError: "No passkey or security key answered in time, or you cancelled. Try again.",
    InvalidStateError: "This passkey or security key is registered already.",
    SecurityError: "This page's address is not the one that passkeys are registered for. Open the console by its own address.",
    NotSupportedError: "This passkey or security key cannot be used here.",
};

const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function create(options) {
    const publicKey = {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
    };
    const { id, rawId, type, response } = await navigator.credentials.create({ publicKey });
    return {
        id,
        rawId: text(rawId),
        type,
        response: {
            attestationObject: text(response.attestationObject),
            clientDataJSON: text(response.clientDataJSON),
        },
    };
}

async function get(options) {
    const publicKey = {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: known(options.allowCredentials),
    };
    const { id, rawId, type, response } = await navigator.credentials.get({ publicKey });
    return {
        id,
        rawId: text(rawId),
        type,
        response: {
            authenticatorData: text(response.authenticatorData),
            clientDataJSON: text(response.clientDataJSON),
            signature: text(response.signature),
            userHandle: response.userHandle ? text(response.userHandle) : null,
        },
    };
}

for (const panel of document.querySelectorAll("[data-passkey]")) {
    const form = panel.querySelector("form");
    const problem = panel.querySelector("[data-passkey-problem]");
    const tell = (sentence) => {
        problem.querySelector("[data-passkey-text]").textContent = sentence;
        problem.hidden = sentence === "";
    };
    let busy = false;
    // Before everybody else who listens: a send that is held back is none.
    const hold = async (event) => {
        if (event.target !== form || form.elements.Credential.value !== "") return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (busy) return;
        if (!window.PublicKeyCredential) {
            tell("This browser cannot use passkeys on this page.");
            return;
        }
        busy = true;
        tell("");
        try {
            const options = JSON.parse(panel.dataset.options);
            const answer = await (panel.dataset.passkey === "create" ? create(options) : get(options));
            form.elements.Credential.value = JSON.stringify(answer);
            form.requestSubmit();
        } catch (error) {
            tell(SENTENCES[error.name] ?? "The passkey or security key could not be used. Try again.");
        } finally {
            busy = false;
        }
    };
    window.addEventListener("submit", hold, true);
    // Back to a page that the browser kept as it was: its answer has served, and the challenge wants a new one.
    window.addEventListener("pageshow", (event) => {
        if (event.persisted) form.elements.Credential.value = "";
    });
}
