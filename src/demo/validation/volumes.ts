import type { StatusCause } from '../api/status-error.ts';
import type { JsonObject } from '../json.ts';
import { duplicate, forbidden, invalidValue, notFoundValue, required } from './field-error.ts';
import { dnsLabelProblems } from './names.ts';
import { has, objectAt, objectsAt, textAt } from './read.ts';

/** The field of each volume type without which it means nothing. */
const NEEDED: Readonly<Record<string, string>> = {
  hostPath: 'path',
  secret: 'secretName',
  configMap: 'name',
  persistentVolumeClaim: 'claimName',
  csi: 'driver',
};

/** The order in which the API looks at them: the first one counts, each further one is too many. */
const TYPES = (
  'emptyDir hostPath gitRepo gcePersistentDisk awsElasticBlockStore secret nfs iscsi glusterfs flocker persistentVolumeClaim rbd ' +
  'cinder cephfs quobyte downwardAPI fc flexVolume configMap azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk ' +
  'storageos projected scaleIO csi ephemeral image'
).split(' ');

function validateSource(volume: JsonObject, path: string): readonly StatusCause[] {
  const [first, ...others] = TYPES.filter((type) => has(volume, type));
  if (first === undefined) return [required(path, 'must specify a volume type')];
  const causes = others.map((other) => forbidden(`${path}.${other}`, 'may not specify more than 1 volume type'));
  const needed = NEEDED[first];
  const source = objectAt(volume, first);
  if (needed !== undefined && textAt(source, needed) === '') causes.push(required(`${path}.${first}.${needed}`));
  if (first === 'hostPath' && textAt(source, 'path').split('/').includes('..')) {
    causes.push(invalidValue(`${path}.hostPath.path`, textAt(source, 'path'), "must not contain '..'"));
  }
  return causes;
}

export interface VolumeNames {
  /** The names that mounts may use: of volumes without a finding. */
  readonly names: ReadonlySet<string>;
  readonly causes: readonly StatusCause[];
}

export function validateVolumes(spec: JsonObject, path: string): VolumeNames {
  const names = new Set<string>();
  const causes: StatusCause[] = [];
  for (const [index, volume] of objectsAt(spec, 'volumes').entries()) {
    const at = `${path}.volumes[${index}]`;
    const name = textAt(volume, 'name');
    const found = [...validateSource(volume, at)];
    if (name === '') found.push(required(`${at}.name`));
    else found.push(...dnsLabelProblems(name).map((problem) => invalidValue(`${at}.name`, name, problem)));
    if (names.has(name)) found.push(duplicate(`${at}.name`, name));
    if (found.length === 0) names.add(name);
    causes.push(...found);
  }
  return { names, causes };
}

export function validateMounts(
  container: JsonObject,
  volumes: ReadonlySet<string>,
  path: string,
): readonly StatusCause[] {
  const paths = new Set<string>();
  return objectsAt(container, 'volumeMounts').flatMap((mount, index) => {
    const at = `${path}.volumeMounts[${index}]`;
    const name = textAt(mount, 'name');
    const mountPath = textAt(mount, 'mountPath');
    const causes: StatusCause[] = [];
    if (name === '') causes.push(required(`${at}.name`));
    if (!volumes.has(name)) causes.push(notFoundValue(`${at}.name`, name));
    if (mountPath === '') causes.push(required(`${at}.mountPath`));
    if (paths.has(mountPath)) causes.push(invalidValue(`${at}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
    if (has(mount, 'subPath') && has(mount, 'subPathExpr')) {
      causes.push(
        invalidValue(
          `${at}.subPathExpr`,
          textAt(mount, 'subPathExpr'),
          'subPathExpr and subPath are mutually exclusive',
        ),
      );
    }
    return causes;
  });
}
