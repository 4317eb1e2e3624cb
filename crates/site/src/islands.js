// Appended to what wasm-bindgen writes: wakes the islands of a page that the server has rendered. Everything
// else on the page needs no script.

// Wakes every island of the page with the compiled wasm that is promised, once the page is parsed. A page with an island
// that this module does not have is left to the larger one, `{ js, wasm }`.
export async function start(wasm, larger) {
    // Each island is an export of this very module; importing it again only gives a name to itself.
    const islands = await import(import.meta.url);
    if (document.readyState === "loading") {
        await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed, { once: true }));
    }
    const has = (element) => element.dataset.component in islands;
    if (larger && ![...document.querySelectorAll("leptos-island")].every(has)) {
        const module = await import(larger.js);
        return module.start(WebAssembly.compileStreaming(fetch(larger.wasm)));
    }
    await islands.default({ module_or_path: wasm });
    // Where hydration begins, for whoever measures it.
    performance.mark("hydration");
    islands.hydrate();
    // Outer before inner, in the order of the document.
    for (const element of document.querySelectorAll("leptos-island")) {
        const island = islands[element.dataset.component];
        if (!island) {
            console.error(`the island ${element.dataset.component} is not in the wasm`);
            continue;
        }
        // An island's children were rendered before it: once it is awake, it says through the callback that the
        // nearest <leptos-children> was given whose context the islands inside are to see.
        element.closest("leptos-children")?.$$on_hydrate?.();
        await island(element);
    }
    document.documentElement.dataset.islands = "ready";
}
