// What the policy language itself offers at a place (IAM User Guide, "Grammar of the IAM JSON policy language").

const member = (label, detail, value) => ({ label, detail, value });

const DOCUMENT = [
  member('Version', 'of the policy language', '"2012-10-17"'),
  member('Id', 'a name of the document'),
  member('Statement', 'one or several', '[]'),
];

const STATEMENT = [
  member('Sid', 'a name of the statement'),
  member('Effect', 'Allow or Deny'),
  member('Action', 'what'),
  member('NotAction', 'all but these'),
  member('Resource', 'on what'),
  member('NotResource', 'on all but these'),
  member('Condition', 'when', '{}'),
];

const COMPARED = [
  ...['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'].map((test) => [`String${test}`, 'text']),
  ...['Numeric', 'Date'].flatMap((kind) =>
    ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((test) => [
      kind + test,
      kind === 'Date' ? 'instant' : 'number',
    ]),
  ),
  ['Bool', 'true or false'],
  ['BinaryEquals', 'base64'],
  ['IpAddress', 'address or range'],
  ['NotIpAddress', 'address or range'],
  ...['Equals', 'NotEquals', 'Like', 'NotLike'].map((test) => [`Arn${test}`, 'ARN']),
];

const OPERATORS = [
  ...COMPARED.map(([label, detail]) => member(label, detail, '{}')),
  member('Null', 'whether the key is missing', '{}'),
  ...COMPARED.map(([label, detail]) => member(`${label}IfExists`, `${detail}, or no such key`, '{}')),
  ...['ForAnyValue', 'ForAllValues'].flatMap((set) =>
    COMPARED.map(([label, detail]) => member(`${set}:${label}`, `${detail}, a key with several`, '{}')),
  ),
].map((option, index) => ({ ...option, boost: index > COMPARED.length ? -10 : 0 }));

/** The members that an object at this path can have; null where the language has no list of them. */
export function members(path) {
  if (path.length === 0) return DOCUMENT;
  if (path[0] !== 'Statement') return null;
  if (path.length === 1) return STATEMENT;
  return path.length === 2 && path[1] === 'Condition' ? OPERATORS : null;
}

/** The values that the language itself has for a member. */
export function values(path) {
  switch (path.join('/')) {
    case 'Version':
      return [{ label: '2012-10-17' }];
    case 'Statement/Effect':
      return [{ label: 'Allow' }, { label: 'Deny' }];
    case 'Statement/Resource':
    case 'Statement/NotResource':
      return [{ label: '*', detail: 'every resource' }];
    default:
      return /^Statement\/Condition\/(Null|Bool|(ForA(ny|ll)Values?:)?Bool(IfExists)?)\//.test(path.join('/'))
        ? [{ label: 'true' }, { label: 'false' }]
        : [];
  }
}
