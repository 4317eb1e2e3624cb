// Where the cursor stands in a policy that is half written: what the editor's completion goes by. No page is needed.
import { expect, test } from '@playwright/test';
import { placeAt } from '../../frontend/editor/src/place.js';

/** The place of the mark | in a text. */
function at(marked: string) {
  const position = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { path, name, from, to, quoted, closed, names, actions } = placeAt(text, position);
  return { path, name, written: text.slice(from, to), quoted, closed, names, actions };
}

const cases: [string, string, Partial<ReturnType<typeof at>>][] = [
  ['an empty document', '|', { path: [], name: false, written: '' }],
  ['a member of the document', '{"|"}', { path: [], name: true, quoted: true, closed: true }],
  ['members that are there already', '{"Version": "2012-10-17", "|", "Id": "x"}', { path: [], name: true, names: ['Version', 'Id'] }],
  ['a member of a statement in a list', '{"Statement": [{"Effect": "Allow", "Act|', { path: ['Statement'], name: true, written: 'Act', closed: false, names: ['Effect'] }],
  ['a member of a single statement', '{"Statement": {"Res|"}}', { path: ['Statement'], name: true, written: 'Res' }],
  ['a value without a quote', '{"Statement": [{"Effect": Al|', { path: ['Statement', 'Effect'], name: false, written: 'Al', quoted: false }],
  ['an action among others', '{"Statement": [{"Action": ["iam:GetUser", "s3:Get|', { path: ['Statement', 'Action'], written: 's3:Get', actions: ['iam:GetUser'] }],
  ['the middle of a string', '{"Statement": [{"Action": "s3:|GetObject"}]}', { path: ['Statement', 'Action'], written: 's3:GetObject', closed: true }],
  [
    'actions that come after their resource',
    '{"Statement": [{"Resource": "|", "Action": "s3:*"}, {"Action": "iam:*"}]}',
    { path: ['Statement', 'Resource'], actions: ['s3:*'] },
  ],
  ['an operator', '{"Statement": [{"Condition": {"|"}}]}', { path: ['Statement', 'Condition'], name: true }],
  [
    'a condition key',
    '{"Statement": [{"NotAction": "s3:*", "Condition": {"StringEquals": {"aws:|"}}}]}',
    { path: ['Statement', 'Condition', 'StringEquals'], name: true, written: 'aws:', actions: ['s3:*'] },
  ],
  ['a value of a condition', '{"Statement": [{"Condition": {"Bool": {"aws:SecureTransport": ["|"]}}}]}', { path: ['Statement', 'Condition', 'Bool', 'aws:SecureTransport'], name: false }],
  ['a string that ends with its line', '{"Statement": [{"Sid": "|\n "Action": "s3:*"}]}', { path: ['Statement', 'Sid'], written: '', closed: false, actions: ['s3:*'] }],
  ['brackets in strings', '{"Statement": [{"Sid": "}]", "Eff|"}]}', { path: ['Statement'], name: true, names: ['Sid'] }],
  ['a quote in a string', '{"Statement": [{"Sid": "a\\"b", "|"}]}', { path: ['Statement'], name: true, names: ['Sid'] }],
  ['a missing comma', '{"Statement": [{"Effect": "Allow" "|"}]}', { path: ['Statement'], name: true, names: ['Effect'] }],
  ['brackets that do not match', '{"Statement": [{"Action": ["s3:*"}, {"|"}]}', { path: ['Statement'], name: true }],
];

for (const [what, text, expected] of cases) {
  test(what, () => {
    expect(at(text)).toMatchObject(expected);
  });
}
