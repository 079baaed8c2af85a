import { useMemo } from 'react';
import type { JsonObject } from '../../../shared/manifest/json-value.ts';
import { differingFields, templateToCompare } from '../../../shared/manifest/revision-template.ts';
import { ManifestDiff } from '../../monaco/ManifestDiff.tsx';
import classes from './TemplateComparison.module.css';

export interface ComparedTemplate {
  /** "Revision 3" */
  readonly label: string;
  readonly template: JsonObject;
}

export interface TemplateComparisonProps {
  readonly original: ComparedTemplate;
  readonly modified: ComparedTemplate;
}

const SHOWN_FIELDS = 6;

/** Two pod templates: which fields differ, in one sentence, and the whole of them line by line. */
export function TemplateComparison({ original, modified }: TemplateComparisonProps) {
  const before = useMemo(() => templateToCompare(original.template), [original.template]);
  const after = useMemo(() => templateToCompare(modified.template), [modified.template]);
  const fields = useMemo(
    () => differingFields(original.template, modified.template),
    [original.template, modified.template],
  );
  return (
    <>
      <p className={classes.fields}>
        {fields.length === 0 ? 'The pod templates are the same.' : <Fields fields={fields} />}
      </p>
      {fields.length > 0 && (
        <div className={classes.diff}>
          <ManifestDiff
            original={before}
            modified={after}
            originalLabel={original.label}
            modifiedLabel={modified.label}
            ariaLabel={`${original.label} and ${modified.label}`}
          />
        </div>
      )}
    </>
  );
}

function Fields({ fields }: { readonly fields: readonly string[] }) {
  const more = fields.length - SHOWN_FIELDS;
  return (
    <>
      {fields.length === 1 ? '1 field differs: ' : `${fields.length} fields differ: `}
      {fields.slice(0, SHOWN_FIELDS).map((field, index) => (
        <span key={field}>
          {index > 0 && ', '}
          <code>{field}</code>
        </span>
      ))}
      {more > 0 && ` and ${more} more`}.
    </>
  );
}
