// What the server says of the document once typing stops: why IAM would not take it, and what its author should know.
import { forEachDiagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorView, ViewPlugin } from '@codemirror/view';

/** Milliseconds without a change before the document is checked. */
const PAUSE = 400;
/** Characters that a policy cannot hold (IAM API, PolicyDocument). */
const FOREIGN = /[^\t\n\r -\u00ff]/gu;
/** Characters of a policy at most, whatever its quota (the same). */
const LONGEST = 131_072;
/** Kinds of findings that are slips rather than dangers. */
const SLIPS = ['UnknownService', 'UnknownAction', 'UnknownConditionKey', 'UnsuitedOperator'];
/** Kinds of findings without which the policy would mean the same. */
const ADVICE = ['RedundantAction', 'RedundantResource', 'EmptySid'];

/** What the counters below the editor tell of. */
export const SECURITY = 'Security';
export const ERROR = 'Error';
export const WARNING = 'Warning';
export const SUGGESTION = 'Suggestion';

/** Every diagnostic at its present place, in the order of the text. */
export function diagnosticsOf(state) {
  const all = [];
  forEachDiagnostic(state, (diagnostic, from, to) => all.push({ ...diagnostic, from, to }));
  return all.sort((a, b) => a.from - b.from);
}

/**
 * Checks the document after each change. `ask(text, signal)` resolves to CheckPolicyDocument's output, or rejects;
 * `silent` is called with whether the server had no answer. A fault is marked at once only `early`: a document that nobody
 * has begun yet is no fault.
 */
export const checking = (ask, silent, early) =>
  ViewPlugin.fromClass(
    class {
      #view;
      #timer;
      #request;
      #touched = early;

      constructor(view) {
        this.#view = view;
        this.#timer = setTimeout(() => this.#check(), 0);
      }

      update({ docChanged }) {
        if (!docChanged) return;
        this.#touched = true;
        this.#request?.abort();
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#check(), PAUSE);
      }

      destroy() {
        this.#request?.abort();
        clearTimeout(this.#timer);
      }

      async #check() {
        const { doc } = this.#view.state;
        const text = doc.toString();
        const foreign = foreignIn(text);
        if (foreign.length > 0 || text === '' || text.length > LONGEST) return this.#tell(doc, foreign);
        this.#request = new AbortController();
        const { signal } = this.#request;
        try {
          const answer = await ask(text, signal);
          const problem = this.#touched ? problemIn(doc, answer.Problem) : [];
          this.#tell(doc, [...problem, ...answer.Findings.map((finding) => findingIn(doc, finding))]);
          silent(false);
        } catch {
          if (!signal.aborted) silent(true);
        }
      }

      #tell(doc, diagnostics) {
        if (this.#view.state.doc.eq(doc)) this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
      }
    },
  );

function foreignIn(text) {
  return [...text.matchAll(FOREIGN)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    severity: 'error',
    source: ERROR,
    message: `A policy cannot hold the character ${match[0]}: only tabs, line ends and the characters of Latin-1 (U+0020 to U+00FF).`,
  }));
}

function problemIn(doc, problem) {
  if (!problem) return [];
  const detail = problem.Detail ? `: ${problem.Detail}.` : '.';
  const message = problem.Message.replace(/\.$/, '') + detail;
  return [{ ...extent(doc, problem.Line, problem.Column), severity: 'error', source: ERROR, message }];
}

function findingIn(doc, { Kind, Message, Line, Column }) {
  const place = extent(doc, Line, Column);
  if (ADVICE.includes(Kind)) return { ...place, severity: 'info', source: SUGGESTION, message: Message };
  const source = SLIPS.includes(Kind) ? WARNING : SECURITY;
  return { ...place, severity: 'warning', source, message: Message };
}

/** The string, word or sign that begins at a place; at the end of the text, the last one. */
function extent(doc, number, column) {
  const line = doc.line(Math.min(Math.max(number, 1), doc.lines));
  const rest = line.text.slice(column - 1);
  const start = Math.min(line.from + column - 1, line.to) + (rest.length - rest.trimStart().length);
  const token = /^(?:"(?:[^"\\]|\\.)*"?|[\w.+-]+|\S)/.exec(line.text.slice(start - line.from));
  if (token) return { from: start, to: start + token[0].length };
  const before = doc.sliceString(0, start).trimEnd().length;
  return start >= line.to && before > 0 ? { from: before - 1, to: before } : { from: start, to: start };
}

/** Shows in `report` how many there are of each kind, and each as a button that leads to its place. */
export const reporting = (report, counts, list) =>
  EditorView.updateListener.of(({ view, state, docChanged, transactions }) => {
    if (!docChanged && !transactions.some(({ effects }) => effects.length > 0)) return;
    const found = diagnosticsOf(state);
    const number = (kind) => found.filter(({ source }) => source === kind).length;
    const kinds = [['Security', SECURITY], ['Errors', ERROR], ['Warnings', WARNING], ['Suggestions', SUGGESTION]];
    const told = kinds.map(([name, kind]) => `${name}: ${number(kind)}`).join('\u2003');
    // A live region speaks with every change of its text, so it has one only when there is something new.
    if (counts.textContent !== told) counts.textContent = told;
    const rows = found.map((diagnostic) => row(view, diagnostic));
    const same = rows.length === list.children.length && rows.every((next, index) => next.textContent === list.children[index].textContent);
    if (!same) list.replaceChildren(...rows);
    report.hidden = false;
  });

function row(view, { from, source, message }) {
  const line = view.state.doc.lineAt(from);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'link';
  button.textContent = `Ln ${line.number}, Col ${from - line.from + 1}`;
  button.addEventListener('click', () => {
    const at = Math.min(from, view.state.doc.length);
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    view.focus();
  });
  const text = document.createElement('span');
  text.textContent = `${source}: ${message}`;
  const item = document.createElement('li');
  item.className = `code-editor__finding code-editor__finding--${source.toLowerCase()}`;
  item.append(button, ' ', text);
  return item;
}
