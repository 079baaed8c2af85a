import type { DocumentOptions, ParseOptions, ScalarTag, SchemaOptions, Tags } from 'yaml';
import { INFINITE_OR_NAN, NUMBER_START, readGoNumber } from './go-number.ts';

const YAML_TAG = 'tag:yaml.org,2002:';
const KEPT_TAGS: ReadonlySet<string> = new Set(['map', 'seq', 'str', 'null', 'bool', 'merge'].map((t) => YAML_TAG + t));

/** `!!int "12"` and `!!float 1`: found by name only, so that what is no number is an error there. */
function explicitNumber(name: 'int' | 'float'): ScalarTag {
  return {
    tag: YAML_TAG + name,
    resolve: (source, onError) => {
      const number = readGoNumber(source);
      const isOne = number !== undefined && (name === 'float' || number.kind === 'integer');
      if (!isOne)
        onError(`${JSON.stringify(source)} is no ${name === 'int' ? 'integer' : 'number'}, as !!${name} says`);
      return number?.value ?? source;
    },
  };
}

const infinite: ScalarTag = {
  tag: `${YAML_TAG}float`,
  default: true,
  test: INFINITE_OR_NAN,
  resolve: (source, onError) => {
    onError(`${source} cannot be written in JSON, so the API server refuses it`);
    return source;
  },
};

/** A plain scalar that starts like a number, and is one or stays a string. */
const plainNumber: ScalarTag = {
  tag: `${YAML_TAG}int`,
  default: true,
  test: NUMBER_START,
  resolve: (source) => readGoNumber(source)?.value ?? source,
};

/**
 * The YAML dialect of the API server (sigs.k8s.io/yaml v1.6 over go.yaml.in/yaml/v2): of the 1.1 schema only map, seq,
 * str, null, bool and merge, and one number rule of our own. Duplicate keys are found by the reader, which knows what
 * two keys come to.
 */
export const DIALECT: Readonly<ParseOptions & DocumentOptions & SchemaOptions> = {
  version: '1.1',
  customTags: (tags: Tags): Tags => [
    ...tags.filter((tag) => typeof tag === 'object' && KEPT_TAGS.has(tag.tag)),
    explicitNumber('int'),
    explicitNumber('float'),
    infinite,
    plainNumber,
  ],
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
};
