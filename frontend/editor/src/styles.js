// CodeMirror's styles as constructed sheets of the document, which a Content-Security-Policy without inline styles
// allows. The package `style-mod` does so only in shadow roots; to it, this document looks like one.
// build.mjs puts this module in the package's place.
import { StyleModule as Original } from '../node_modules/style-mod/src/style-mod.js';

const sheets = {
  ownerDocument: document,
  get adoptedStyleSheets() {
    return document.adoptedStyleSheets;
  },
  set adoptedStyleSheets(list) {
    document.adoptedStyleSheets = list;
  },
};

export class StyleModule extends Original {
  static mount(root, modules) {
    super.mount(root === document ? sheets : root, modules);
  }
}
