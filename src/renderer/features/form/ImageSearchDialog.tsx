import { Button, Loader, Modal, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Found, RepositoryOffer } from '../../../shared/contract/image-search.ts';
import { DOCKER_REGISTRY } from '../../../shared/kubernetes/image-reference.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';

export interface ImageSearchDialogProps {
  /** Of the image that is written already. */
  readonly registry: string;
  /** The first registry secret of the pod; its login goes to this registry alone, and never to the page. */
  readonly pullSecret: string | undefined;
  readonly onChoose: (repository: string) => void;
  readonly onClose: () => void;
}

/** Looks for repositories in Docker Hub or a private registry: on a click only, never while one types. */
export function ImageSearchDialog({ registry: first, pullSecret, onChoose, onClose }: ImageSearchDialogProps) {
  const { client } = useServices();
  const { contextName, namespace } = useForm();
  const [registry, setRegistry] = useState(first);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found<RepositoryOffer>>();
  const [busy, setBusy] = useState(false);
  const asking = useRef<AbortController | undefined>(undefined);
  const search = async (approvedRealm?: string) => {
    asking.current?.abort();
    const { signal } = (asking.current = new AbortController());
    setBusy(true);
    try {
      const secret =
        pullSecret === undefined || namespace === ''
          ? {}
          : { pullSecret: { contextName, namespace, name: pullSecret } };
      const realm = approvedRealm === undefined ? {} : { approvedRealm };
      const answer = await client.imageSearch.repositories({ registry, query, ...secret, ...realm }, { signal });
      if (!signal.aborted) setFound(answer);
    } catch (error) {
      if (!signal.aborted) setFound({ none: thrownErrorData(error).message });
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  };
  const close = () => {
    asking.current?.abort();
    onClose();
  };
  return (
    <Modal opened title="Search for an image" size="lg" onClose={close}>
      <form
        className={classes.stack}
        onSubmit={(event) => {
          event.preventDefault();
          void search();
        }}
      >
        <div className={classes.grid}>
          <FieldFrame label="Registry" help="docker.io is Docker Hub.">
            {(control) => (
              <TextInput
                {...control}
                value={registry}
                onChange={(event) => setRegistry(event.currentTarget.value.trim())}
              />
            )}
          </FieldFrame>
          <FieldFrame label="Words">
            {(control) => (
              <TextInput
                {...control}
                data-autofocus
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
            )}
          </FieldFrame>
        </div>
        <div className={classes.actions}>
          <Button type="submit" variant="filled" disabled={registry === ''}>
            Search
          </Button>
          {busy && (
            <Button
              onClick={() => {
                asking.current?.abort();
                setBusy(false);
              }}
            >
              Cancel
            </Button>
          )}
          {busy && <Loader size="xs" aria-label="Asking the registry" />}
        </div>
        {found && (
          <Results found={found} registry={registry} onChoose={onChoose} onRealm={(realm) => void search(realm)} />
        )}
      </form>
    </Modal>
  );
}

interface ResultsProps {
  readonly found: Found<RepositoryOffer>;
  readonly registry: string;
  readonly onChoose: (repository: string) => void;
  readonly onRealm: (realm: string) => void;
}

function Results({ found, registry, onChoose, onRealm }: ResultsProps) {
  if ('none' in found) return <p className={classes.muted}>{found.none}</p>;
  if ('askRealm' in found) {
    return (
      <div className={classes.stack} role="alert">
        <p className={classes.muted}>
          The registry wants the login to be sent to {found.askRealm}. Send it only if you know that place.
        </p>
        <div className={classes.actions}>
          <Button onClick={() => onRealm(found.askRealm)}>Send the login there</Button>
        </div>
      </div>
    );
  }
  if (found.items.length === 0) return <p className={classes.muted}>Nothing was found.</p>;
  const prefix = registry === DOCKER_REGISTRY ? '' : `${registry}/`;
  return (
    <ul className={classes.results} aria-label="Repositories">
      {found.items.map((item) => (
        <li key={item.name}>
          <button type="button" className={classes.navItem} onClick={() => onChoose(`${prefix}${item.name}`)}>
            <span className={classes.resultName}>
              <strong>{item.name}</strong> {item.official === true && <span className={classes.muted}>official</span>}
              <br />
              <span className={classes.muted}>{item.description}</span>
            </span>
            {item.stars !== undefined && <span className={classes.navNote}>★ {item.stars}</span>}
          </button>
        </li>
      ))}
      {found.more && <li className={classes.muted}>There are more: say it more exactly.</li>}
    </ul>
  );
}
