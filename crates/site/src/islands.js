// Appended to what wasm-bindgen writes: wakes the islands of a page that the server has rendered. Everything
// else on the page needs no script.

// Starts the wasm found at an address, then every island, outer before inner, in the order of the document. A page
// with an island that this module does not have is left to the larger one, `{ js, wasm }`.
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
    await wake(document.body, islands, []);
    document.documentElement.dataset.islands = "ready";
}

// An island's children were rendered before it: once it is awake, it says through the callback that the nearest
// <leptos-children> was given whose context the islands inside are to see.
async function wake(node, islands, contexts) {
    const tag = node.localName;
    if (tag === "leptos-island") {
        const name = node.dataset.component;
        const island = islands[name];
        if (island) {
            contexts.at(-1)?.();
            await island(node);
        } else {
            console.error(`the island ${name} is not in the wasm`);
        }
    }
    const inside = tag === "leptos-children" ? [...contexts, node.$$on_hydrate] : contexts;
    for (const child of node.children) {
        await wake(child, islands, inside);
    }
}
