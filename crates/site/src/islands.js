// Appended to what wasm-bindgen writes: wakes the islands of a page that the server has rendered. Everything
// else on the page needs no script.

// Starts the wasm found at an address, then every island. A page with an island that this module does not have is left
// to the larger one, `{ js, wasm }`.
export async function start(wasm, larger) {
    // Each island is an export of this very module; importing it again only gives a name to itself.
    const islands = await import(import.meta.url);
    const has = (element) => element.dataset.component in islands;
    if (larger && ![...document.querySelectorAll("leptos-island")].every(has)) {
        const module = await import(larger.js);
        return module.start(larger.wasm);
    }
    await islands.default({ module_or_path: wasm });
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
