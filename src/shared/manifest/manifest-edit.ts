import type { JsonValue } from './json-value.ts';
import type { ManifestPath } from './manifest-path.ts';

/** How a new value is written where there is a choice, all in it; a wish, never against what the API server would read. */
export interface WriteStyle {
  /** Of a string; left out, the style of the value that it replaces, else plain where that reads the same, else double. */
  readonly quotes?: 'plain' | 'single' | 'double';
  /** Of a string with several lines: `|` (the default where it fits) or `>`. */
  readonly block?: 'literal' | 'folded';
  /** Of an integer from 0: `0644` for 420. An octal number that is replaced stays octal without being asked. */
  readonly radix?: 'octal';
}

/**
 * The value at the path is `value` afterwards. Parents that are missing or empty are made: a map for a key, a list for
 * an index or a merge key (whose fields the new item gets). A map or list that meets one of its own kind is changed
 * member by member, so that comments, order and style of what stays the same stay too; with more than 100 changes it is
 * written as a whole. A value that is there already is left as it is written.
 */
export interface SetEdit {
  readonly op: 'set';
  readonly path: ManifestPath;
  readonly value: JsonValue;
  readonly style?: WriteStyle;
}

/**
 * The key or list item is gone, with the comments that belong to it: beside it, among its value's lines, on the lines
 * directly above it at its own indentation, and following it deeper than itself. An absent one is no error.
 */
export interface RemoveEdit {
  readonly op: 'remove';
  readonly path: ManifestPath;
  /** How many parents may go with it, one above the other, when nothing else is left in them; 0 unless told: `{}` or `[]` stays. */
  readonly pruneEmpty?: number;
}

/** A new item of the list at the path, which is made when missing. */
export interface InsertEdit {
  readonly op: 'insert';
  readonly path: ManifestPath;
  /** Index that the item has afterwards. */
  readonly at: 'end' | number;
  readonly value: JsonValue;
  readonly style?: WriteStyle;
}

/** The list item has another index, and takes its comments with it. */
export interface MoveEdit {
  readonly op: 'move';
  /** Of the item. */
  readonly path: ManifestPath;
  /** Index that the item has afterwards. */
  readonly to: number;
}

/**
 * The list item stands in another list, which is made when missing, and takes its lines and its comments with it: they
 * are moved as text and only their indentation changes. Where one of the lists stands in brackets, except for an item on
 * one line between two such lists, the item is written anew in its new place and its comments go. Within one list it is
 * a move. Both paths are of the document before the edit.
 */
export interface TransferEdit {
  readonly op: 'transfer';
  /** Of the item. An alias or a shared anchor in it is Foreign, unless an alias finds its anchor from the new place too. */
  readonly path: ManifestPath;
  /** Of the other list, which is not inside the item. */
  readonly into: ManifestPath;
  /** Index that the item has afterwards. */
  readonly at: 'end' | number;
  /** For the list that the item leaves, as in `RemoveEdit`. */
  readonly pruneEmpty?: number;
}

/** The key at the path's end has another name; value, place and comments stay. */
export interface RenameEdit {
  readonly op: 'rename';
  readonly path: ManifestPath;
  readonly to: string;
}

export type ManifestEdit = SetEdit | RemoveEdit | InsertEdit | MoveEdit | TransferEdit | RenameEdit;

/** Replaces `length` UTF-16 units at `offset`. In a list offsets are of the text before any of them; sorted, none overlap. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** UTF-16 offsets, the end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Why an edit was refused; the text is then as it was.
 * - Unreadable: the document does not parse, or is beyond a limit
 * - NoDocument: the text has no document of that index
 * - Foreign: an alias, an anchor that an alias refers to, or a merge key decides the value
 * - NotFound: what is to be moved or renamed, or an item between others, is not there
 * - Ambiguous: two list items have the merge key
 * - WrongKind: the path leads through a value of another kind, such as a key of a list
 * - Exists: the new name of a key is taken
 * - NotWritable: the new value cannot be written in YAML so that the API server reads it
 * - NotVerified: the edited text did not read as it must; nothing was changed
 */
export type ManifestProblemReason =
  | 'Unreadable'
  | 'NoDocument'
  | 'Foreign'
  | 'NotFound'
  | 'Ambiguous'
  | 'WrongKind'
  | 'Exists'
  | 'NotWritable'
  | 'NotVerified';

export interface ManifestProblem {
  readonly reason: ManifestProblemReason;
  readonly path: ManifestPath;
  /** 1-based line of the text that the edits before this one led to. */
  readonly line: number;
  /** One sentence for the user. */
  readonly message: string;
}

/** What a field is in a document. A foreign one is shown with "edit in YAML", and never written. */
export type FieldReading = PresentField | AbsentField | ForeignField;

export interface PresentField {
  readonly state: 'present';
  readonly value: JsonValue;
  /** As it is written, without anchor, tag and comments: `0644`, `"on"`, `{cpu: 1}`. */
  readonly source: string;
  /** Of the value in the text; empty, behind the colon, for a key without a value. */
  readonly range: TextRange;
  /** 1-based line of the key or list item. */
  readonly line: number;
  /** The comments above and beside it that belong to it, one a line, without `#` and the blank behind it. */
  readonly comment?: string;
}

export interface AbsentField {
  readonly state: 'absent';
  /** 1-based line of the nearest parent that is there. */
  readonly line: number;
}

export interface ForeignField {
  readonly state: 'foreign';
  readonly reason: Extract<ManifestProblemReason, 'Foreign' | 'Ambiguous' | 'WrongKind'>;
  /** One sentence for the user: what it is that the form does not touch. */
  readonly message: string;
  readonly line: number;
}
