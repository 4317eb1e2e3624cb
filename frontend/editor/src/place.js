// Where the cursor stands in a policy that is still being written: unfinished strings, missing commas and brackets are
// the rule there, so this reads token by token and gives up on nothing.

const SPACE = /\s/;
const WORD = /[\w.+*:-]/;

/**
 * The place of position `at` in `text`:
 * `path`    the names of the members around it, lists left out: ["Statement", "Action"]; that of a name being written
 *           is the path of the object it will belong to;
 * `name`    whether it is a member's name rather than a value;
 * `from`, `to` what is written there so far, without its quotes;
 * `quoted`, `closed` whether it has a quote before and one behind;
 * `names`   the other members of the object around it;
 * `actions` the actions of the statement around it, or of all when it has none;
 * `allActions` the actions of the whole document.
 */
export function placeAt(text, at) {
  const root = object(null);
  const open = [root];
  const every = [];
  let found = null;

  const find = (from, to, quoted, closed) => {
    const top = open[open.length - 1];
    // A string where a comma is missing begins the next member.
    const name = !top.list && (top.expects === 'name' || (quoted && top.expects !== 'value'));
    const statement = open.find((frame) => frame.statement);
    found = { name, from, to, quoted, closed, top, statement, path: path(open, name) };
  };

  for (let i = 0; i < text.length; ) {
    const letter = text[i];
    const top = open[open.length - 1];
    if (letter === '"') {
      const end = stringEnd(text, i + 1);
      const closed = text[end] === '"';
      if (!found && at > i && at <= end) find(i + 1, end, true, closed);
      else if (!found && at <= i) find(at, at, false, false);
      string(open, every, text.slice(i + 1, end), found && found.from === i + 1 ? found : null);
      i = closed ? end + 1 : end;
      continue;
    }
    if (!found && at <= i) find(at, at, false, false);
    if (WORD.test(letter) && !SPACE.test(letter) && letter !== ':') {
      let end = i + 1;
      while (end < text.length && WORD.test(text[end]) && text[end] !== ':') end += 1;
      if (!found && at <= end) find(i, end, false, false);
      // A bare word is no name, but its value may follow.
      if (top.list || top.expects !== 'name') top.expects = 'comma';
      i = end;
      continue;
    }
    if (letter === '{' || letter === '[') {
      top.expects = 'comma';
      open.push(letter === '[' ? list(top) : object(top));
    } else if (letter === '}' || letter === ']') {
      const match = open.findLastIndex((frame) => frame.list === (letter === ']'));
      if (match > 0) open.length = match;
    } else if (letter === ':' && !top.list) {
      top.expects = 'value';
    } else if (letter === ',') {
      top.expects = 'name';
    }
    i += 1;
  }
  if (!found) find(at, at, false, false);

  const { top, statement, ...place } = found;
  const own = statement ? statement.actions : [];
  return { ...place, names: top.names ?? [], actions: own.length ? own : every, allActions: every };
}

// The document itself is a list of one: its outermost brace opens a member of it.
function object(parent) {
  if (!parent) return { list: true, root: true };
  const statement = memberOf(parent) === 'Statement' && depth(parent) === 1;
  return { list: false, parent, expects: 'name', member: null, names: [], actions: [], statement };
}

const list = (parent) => ({ list: true, parent });

/** The member whose value this frame is, or holds. */
const memberOf = (frame) => (frame.list ? (frame.parent ? memberOf(frame.parent) : null) : frame.member);

/** How many objects are open around what a frame holds. */
const depth = (frame) => (frame.parent ? depth(frame.parent) : 0) + (frame.list ? 0 : 1);

function path(open, name) {
  const objects = open.filter((frame) => !frame.list);
  const members = objects.map((frame) => frame.member);
  if (name) members.pop();
  return members;
}

function string(open, every, value, place) {
  const top = open[open.length - 1];
  if (!top.list && top.expects !== 'value') {
    top.member = value;
    top.expects = 'colon';
    if (!place) top.names.push(value);
    return;
  }
  if (!top.list) top.expects = 'comma';
  const holder = open.findLast((frame) => !frame.list);
  if (!place && holder?.statement && /^(Not)?Action$/.test(holder.member ?? '')) {
    holder.actions.push(value);
    every.push(value);
  }
}

/** Where a string ends that begins at `start`: at its quote, or with the line. */
function stringEnd(text, start) {
  let end = start;
  while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  return Math.min(end, text.length);
}
