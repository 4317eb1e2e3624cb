// The editor's look: sizes and colours are the console's tokens, which know light and dark.
import { syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tagHighlighter, tags } from '@lezer/highlight';
import { StyleModule } from 'style-mod';

const token = (name) => `var(--${name})`;
const mark = (kind, shape) => ({ content: 'none', width: '10px', height: '10px', background: token(`color-text-status-${kind}`), clipPath: shape });
const wave = (kind) => ({ backgroundImage: 'none', textDecoration: `underline wavy ${token(`color-text-status-${kind}`)}`, textDecorationSkipInk: 'none' });

const look = EditorView.theme({
  '&': {
    border: `${token('border-width-field')} solid ${token('color-border-input-default')}`,
    borderRadius: token('border-radius-input'),
    background: token('color-background-input-default'),
    color: token('color-text-body-default'),
    fontSize: token('font-size-body-s'),
    overflow: 'hidden',
  },
  '&.cm-focused': { outline: `1px solid ${token('color-border-input-focused')}`, borderColor: token('color-border-input-focused') },
  '&.cm-editor:has([aria-invalid="true"])': { borderColor: token('color-border-status-error') },
  '.cm-scroller': { fontFamily: token('font-family-monospace'), lineHeight: '18px', maxHeight: '70vh', overflow: 'auto' },
  '.cm-content': { caretColor: token('color-text-body-default'), padding: `${token('space-static-xs')} 0`, outline: 'none' },
  '.cm-content, .cm-gutter': { minHeight: '360px' },
  '.cm-line': { padding: `0 ${token('space-static-s')} 0 ${token('space-static-xxs')}` },
  '.cm-gutters': {
    background: token('color-background-code-view'),
    color: token('color-code-line-number'),
    borderInlineEnd: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '36px', paddingInline: '4px 8px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '4px 2px' },
  '.cm-activeLine': { background: 'transparent' },
  '.cm-activeLineGutter': { background: 'transparent', color: token('color-text-body-default'), fontWeight: '700' },
  '&.cm-focused .cm-matchingBracket': {
    background: token('color-background-item-selected'),
    outline: `1px solid ${token('color-border-item-selected')}`,
    borderRadius: '2px',
  },
  '&.cm-focused .cm-nonmatchingBracket': { background: 'transparent', outline: `1px solid ${token('color-text-status-error')}` },
  '.cm-snippetField': { background: token('color-background-item-selected') },
  '.cm-lintRange-error': wave('error'),
  '.cm-lintRange-warning': wave('warning'),
  '.cm-lintRange-info': wave('info'),
  '.cm-lintRange-active': { background: 'transparent' },
  '.cm-lintPoint-error:after': { borderBottomColor: token('color-text-status-error') },
  '.cm-lintPoint-warning:after': { borderBottomColor: token('color-text-status-warning') },
  '.cm-lintPoint-info:after': { borderBottomColor: token('color-text-status-info') },
  '.cm-lint-marker': { width: '10px', height: '10px' },
  '.cm-lint-marker-error': mark('error', 'circle()'),
  '.cm-lint-marker-warning': mark('warning', 'polygon(50% 0, 100% 100%, 0 100%)'),
  '.cm-lint-marker-info': mark('info', 'inset(1px)'),
  '.cm-tooltip': {
    border: `1px solid ${token('color-border-dropdown-container')}`,
    borderRadius: token('border-radius-dropdown'),
    background: token('color-background-dropdown-item-default'),
    color: token('color-text-dropdown-item-default'),
    boxShadow: token('shadow-dropdown'),
    overflow: 'hidden',
    maxWidth: 'min(560px, calc(100vw - 32px))',
  },
  '.cm-diagnostic': { padding: `${token('space-static-xs')} ${token('space-static-s')}`, marginInline: '0', fontSize: token('font-size-body-s') },
  '.cm-diagnostic-error': { borderInlineStart: `4px solid ${token('color-border-status-error')}` },
  '.cm-diagnostic-warning': { borderInlineStart: `4px solid ${token('color-border-status-warning')}` },
  '.cm-tooltip.cm-tooltip-autocomplete': {
    overflow: 'visible',
    '& > ul': { fontFamily: token('font-family-monospace'), borderRadius: token('border-radius-dropdown'), maxHeight: '234px', maxWidth: 'min(560px, calc(100vw - 32px))' },
    '& > ul > li': { padding: `4px ${token('space-static-s')}`, lineHeight: '18px', textOverflow: 'ellipsis' },
    '& > ul > li[aria-selected]': {
      background: token('color-background-dropdown-item-hover'),
      color: token('color-text-dropdown-item-highlighted'),
      outline: `2px solid ${token('color-border-item-focused')}`,
      outlineOffset: '-2px',
    },
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { fontStyle: 'normal', color: token('color-text-dropdown-item-secondary') },
  '.cm-tooltip.cm-completionInfo': { padding: `${token('space-static-xs')} ${token('space-static-s')}`, maxWidth: '320px' },
});

// The classes are those of the code that the console shows to read.
const colours = syntaxHighlighting(
  tagHighlighter([
    { tag: tags.propertyName, class: 'code-view__key' },
    { tag: tags.string, class: 'code-view__string' },
    { tag: tags.number, class: 'code-view__number' },
    { tag: [tags.bool, tags.null], class: 'code-view__word' },
  ]),
);

// What stands below the editor.
const below = EditorView.styleModule.of(
  new StyleModule({
    'textarea[hidden]': { display: 'none' },
    '.code-editor__hint, .code-editor__counts, .code-editor__silence': {
      marginBlock: `${token('space-static-xxs')} 0`,
      color: token('color-text-form-secondary'),
      fontSize: token('font-size-body-s'),
    },
    '.code-editor__counts': { color: token('color-text-body-default'), whiteSpace: 'pre-wrap' },
    '.code-editor__findings': { margin: '0', padding: '0', listStyle: 'none' },
    '.code-editor__finding': {
      marginBlockStart: token('space-static-xs'),
      paddingInlineStart: token('space-static-xs'),
      borderInlineStart: `4px solid ${token('color-border-status-warning')}`,
      overflowWrap: 'anywhere',
    },
    '.code-editor__finding--error': { borderColor: token('color-border-status-error') },
    '.code-editor__finding--suggestion': { borderColor: token('color-border-status-info') },
  }),
);

/** All of it. */
export const theme = [look, colours, below];
