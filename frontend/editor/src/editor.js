// The JSON editor of policies: takes the place of every <textarea> inside a [data-editor="policy"], which stays in the
// form, hidden, and holds the same text at every moment. Without this script the text area is the editor.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, nextDiagnostic, previousDiagnostic } from '@codemirror/lint';
import { Annotation, EditorState, Prec } from '@codemirror/state';
import { EditorView, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { Catalogue } from './catalogue.js';
import { checking, diagnosticsOf, ERROR, reporting } from './check.js';
import { source } from './complete.js';
import { theme } from './theme.js';

/** Marks what came from the text area, so that it is not sent back. */
const fromArea = Annotation.define();

function replace(room, area) {
  const element = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const hint = element('p', {
    id: `${area.id}-keys`,
    className: 'code-editor__hint',
    textContent: 'Ctrl+Space lists what can be written here. Tab indents; to leave the editor, press Esc, then Tab.',
  });
  const report = element('div', { className: 'code-editor__report', hidden: true });
  const counts = element('p', { className: 'code-editor__counts' });
  const list = element('ul', { id: `${area.id}-findings`, className: 'code-editor__findings' });
  const silence = element('p', { className: 'code-editor__silence' });
  counts.setAttribute('role', 'status');
  silence.setAttribute('role', 'status');
  counts.dataset.testid = 'policy-counts';
  list.dataset.testid = 'policy-findings';
  silence.dataset.testid = 'policy-unchecked';
  report.append(counts, list, silence);

  const silent = (yes) => {
    silence.textContent = yes ? 'The document could not be checked just now.' : '';
    if (yes) report.hidden = false;
  };
  const refused = area.getAttribute('aria-invalid') === 'true';
  const catalogue = new Catalogue(room.dataset.catalogue);
  const view = new EditorView({
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        indentUnit.of(/^([ \t]+)\S/m.exec(area.value)?.[1] ?? '    '),
        indentOnInput(),
        json(),
        bracketMatching(),
        closeBrackets(),
        // No delay before Enter takes what is offered: a string holds no line end that it could have meant.
        autocompletion({ override: [source(catalogue)], icons: false, interactionDelay: 0 }),
        lintGutter(),
        checking(asking(room.dataset.check), silent, refused),
        reporting(report, counts, list),
        EditorView.lineWrapping,
        // The browser's own writing aids would change quotes and mark every name.
        EditorView.contentAttributes.of((view) => attributes(view, area, hint, list)),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((change) => change.annotation(fromArea))) return;
          area.value = update.state.doc.toString();
          area.dispatchEvent(new Event('input', { bubbles: true }));
        }),
        Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          { key: 'F8', run: nextDiagnostic },
          { key: 'Shift-F8', run: previousDiagnostic },
          indentWithTab,
        ]),
        theme,
      ],
    }),
  });

  area.after(view.dom, hint, report);
  area.hidden = true;
  view.dom.dataset.testid = 'policy-editor';
  label(area)?.addEventListener('click', () => view.focus());
  const take = () => {
    if (area.value === view.state.doc.toString()) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: area.value }, annotations: fromArea.of(true) });
  };
  // Others write into the text area too: other editors of the same form, and the browser when it goes back.
  area.addEventListener('input', take);
  area.addEventListener('change', take);
  window.addEventListener('pageshow', take);
}

const label = (area) => area.labels?.[0];

function attributes(view, area, hint, list) {
  const wrong = diagnosticsOf(view.state).some(({ source }) => source === ERROR);
  const described = [wrong && list.id, area.getAttribute('aria-describedby'), hint.id].filter(Boolean).join(' ');
  const named = label(area)?.id;
  return {
    ...(named ? { 'aria-labelledby': named } : { 'aria-label': 'JSON' }),
    'aria-describedby': described,
    'aria-required': String(area.required),
    'aria-invalid': String(wrong),
    ...(wrong ? { 'aria-errormessage': list.id } : {}),
    // A region that scrolls is reached by the keyboard; that its content can be edited tells not every tool so.
    tabindex: '0',
    spellcheck: 'false',
    autocapitalize: 'off',
    autocorrect: 'off',
  };
}

/** Calls CheckPolicyDocument through its server function, for whom the page was made. */
const asking = (address) => async (text, signal) => {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const principal = document.querySelector('input[name=_principal]')?.value;
  if (principal) headers['x-understudy-principal'] = principal;
  const body = JSON.stringify({ input: { PolicyDocument: text } });
  const response = await fetch(address, { method: 'POST', headers, body, signal });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
};

for (const room of document.querySelectorAll('[data-editor="policy"]')) {
  const area = room.querySelector('textarea');
  if (area) replace(room, area);
}
