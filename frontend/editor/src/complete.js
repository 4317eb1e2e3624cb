// What can be written at the cursor: members of the language, actions, resources and condition keys of the services that
// the policy is about.
import { snippet, startCompletion } from '@codemirror/autocomplete';
import { members, values } from './grammar.js';
import { placeAt } from './place.js';

/** A source of completions (CodeMirror's `CompletionSource`) that knows AWS's services from `catalogue`. */
export const source = (catalogue) => async (context) => {
  const text = context.state.doc.toString();
  const place = placeAt(text, context.pos);
  const typed = text.slice(place.from, context.pos);
  if (!context.explicit && !place.quoted && typed === '') return null;
  const variable = place.name || !place.quoted ? undefined : variableBefore(typed);
  const options = variable !== undefined ? await variables(catalogue) : await (place.name ? names : valuesOf)(catalogue, place, typed);
  if (context.aborted || options.length === 0) return null;
  const from = variable === undefined ? place.from : context.pos - variable.length;
  return { from, options };
};

/** What of a policy variable is written before the cursor: "aws:us" of "home/${aws:us"; undefined outside of one. */
const variableBefore = (typed) => /\$\{([\w:/-]*)$/.exec(typed)?.[1];

async function variables(catalogue) {
  const index = await catalogue.index();
  return (index?.globals ?? [])
    .filter(([name]) => !name.includes('${'))
    .map(([name, type]) => ({ label: name, detail: type, type: 'variable', apply: variable }));
}

async function names(catalogue, place) {
  const { path } = place;
  const fixed = members(path);
  if (fixed) {
    const free = fixed.filter(({ label }) => !place.names.includes(label));
    return free.map(({ value, ...option }) => ({ ...option, type: 'property', apply: apply(value ?? '') }));
  }
  if (path.length !== 3 || path[1] !== 'Condition') return [];
  const [index, services] = await Promise.all([catalogue.index(), catalogue.servicesOf(place.actions)]);
  const keys = new Map();
  for (const [name, type, about] of [...services.flatMap((service) => service.keys), ...(index?.globals ?? [])]) {
    if (!keys.has(name) && !place.names.includes(name)) {
      keys.set(name, { label: name, detail: type, info: about || undefined, type: 'property', apply: apply('', true) });
    }
  }
  return [...keys.values()];
}

async function valuesOf(catalogue, place, typed) {
  const fixed = values(place.path).map((option) => ({ ...option, type: 'keyword', apply: apply() }));
  if (place.path.length !== 2 || place.path[0] !== 'Statement') return fixed;
  switch (place.path[1]) {
    case 'Action':
    case 'NotAction':
      return actions(catalogue, typed);
    case 'Resource':
    case 'NotResource':
      return [...fixed, ...(await resources(catalogue, place))];
    default:
      return fixed;
  }
}

async function actions(catalogue, typed) {
  const colon = typed.indexOf(':');
  if (colon < 0) {
    const index = await catalogue.index();
    const services = (index?.services ?? []).map(([prefix, name]) => ({ label: `${prefix}:`, detail: name, type: 'namespace', apply: service }));
    return [...services, { label: '*', detail: 'every action', type: 'keyword', apply: apply(), boost: -1 }];
  }
  const prefix = typed.slice(0, colon);
  const found = await catalogue.service(prefix.toLowerCase());
  if (!found) return [];
  const begun = typed.slice(colon + 1).toLowerCase();
  const options = found.actions.map(([name, level, about]) => ({
    label: `${prefix}:${name}`,
    detail: level,
    info: about || undefined,
    type: 'function',
    apply: apply(),
  }));
  const same = found.actions.filter(([name]) => name.toLowerCase().startsWith(begun)).length;
  // What a star after the letters typed would mean; the editor's own matching takes it only while that is true.
  if (same > 1 && !typed.endsWith('*')) {
    options.push({ label: `${typed}*`, detail: `${same} actions`, type: 'keyword', apply: apply(), boost: -1 });
  }
  return options;
}

async function resources(catalogue, place) {
  const named = new Set(place.actions.map((action) => action.toLowerCase()));
  const options = new Map();
  for (const service of await catalogue.servicesOf(place.actions)) {
    const taken = new Set();
    for (const [name, , , types] of service.actions) {
      if ([...named].some((action) => means(action.slice(action.indexOf(':') + 1), name.toLowerCase()))) {
        for (const [type] of types) taken.add(type);
      }
    }
    service.resources.forEach(([type, arn], number) => {
      const label = arn.replace('${Partition}', 'aws');
      const boost = taken.has(number) ? 1 : -10;
      if (!options.has(label) || options.get(label).boost < boost) {
        options.set(label, { label, detail: `${service.name}: ${type}`, type: 'constant', apply: apply(undefined, true), boost });
      }
    });
  }
  return [...options.values()];
}

/** Whether an action, perhaps with `*` and `?`, means a name. */
function means(action, name) {
  const pattern = action.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(name);
}

/**
 * Writes the option in place of what stands there, with its quotes. `value` is what a member begins with; undefined for
 * what is a value itself. With `fields`, `${Name}` is a field to fill in.
 */
const apply = (value, fields = false) => (view, option) => {
  const text = view.state.doc.toString();
  const place = placeAt(text, view.state.selection.main.head);
  const after = text.slice(place.to + (place.closed ? 1 : 0));
  const open = place.quoted ? '' : '"';
  let tail = '"';
  if (value !== undefined && !/^\s*:/.test(after)) tail += `: ${value === '' ? '#{}' : value.replace(/[[{]/, '$&#{}')}`;
  const label = fields ? option.label.replace(/\$\{([^}]*)\}/g, '#{$1}') : option.label;
  snippet(open + label + tail)(view, option, place.from, place.to + (place.closed ? 1 : 0));
};

/** A service alone is half an action: the list of its actions comes next. */
function service(view, option, from) {
  const place = placeAt(view.state.doc.toString(), view.state.selection.main.head);
  const insert = (place.quoted ? '' : '"') + option.label + (place.closed ? '' : '"');
  const end = from + (place.quoted ? 0 : 1) + option.label.length;
  view.dispatch({ changes: { from, to: place.to, insert }, selection: { anchor: end }, userEvent: 'input.complete' });
  startCompletion(view);
}

function variable(view, option, from, to) {
  const end = view.state.sliceDoc(to, to + 1) === '}' ? to + 1 : to;
  const insert = `${option.label}}`;
  view.dispatch({ changes: { from, to: end, insert }, selection: { anchor: from + insert.length }, userEvent: 'input.complete' });
}
