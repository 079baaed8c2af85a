import { execFile } from 'node:child_process';
import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A binary package of Debian and the release that it is taken from, as `sid`. */
export interface DebianPackage {
  readonly name: string;
  readonly release: string;
}

const run = promisify(execFile);
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const INDEX_FORMAT = '$(CREATED_BY) $(REPO_URI)';

/**
 * Downloads packages and unpacks them into `root`. apt works with lists, cache and sources of its own below `workDir`, so the
 * machine's own stay as they are; only the address of its Debian mirror is read from them.
 *
 * @returns the file names of the packages, which hold their versions
 * @throws when this machine's apt knows no Debian mirror, or a package cannot be had, with apt's words
 */
export async function unpackDebianPackages(
  packages: readonly DebianPackage[],
  workDir: string,
  root: string,
): Promise<readonly string[]> {
  const mirror = await debianMirror();
  const releases = [...new Set(packages.map(({ release }) => release))];
  const config = await writeAptConfig(workDir, mirror, releases);
  const env = { ...process.env, APT_CONFIG: config };
  const downloads = join(workDir, 'downloads');
  await mkdir(downloads, { recursive: true });
  await run('apt-get', ['update', '--quiet'], { env });
  const wanted = packages.map(({ name, release }) => `${name}/${release}`);
  await run('apt-get', ['download', '--quiet', ...wanted], { env, cwd: downloads });
  const files = (await readdir(downloads)).filter((name) => name.endsWith('.deb')).toSorted();
  await mkdir(root, { recursive: true });
  for (const file of files) await run('dpkg', ['-x', join(downloads, file), root]);
  return files;
}

/** The first repository of this machine's apt whose address ends in `/debian`. */
async function debianMirror(): Promise<string> {
  const { stdout } = await run('apt-get', ['indextargets', '--format', INDEX_FORMAT]);
  const mirror = stdout
    .split('\n')
    .map((line) => /^Packages (?<uri>\S+?\/debian)\/?$/u.exec(line)?.groups?.['uri'])
    .find((uri) => uri !== undefined);
  if (mirror === undefined) throw new Error("this machine's apt has no Debian mirror in its sources");
  return mirror;
}

/** A configuration that is read after the machine's own and takes its folders' place. */
async function writeAptConfig(dir: string, mirror: string, releases: readonly string[]): Promise<string> {
  const signedBy = await access(KEYRING).then(
    () => `[signed-by=${KEYRING}] `,
    () => '',
  );
  const sources = join(dir, 'sources.list');
  await Promise.all(
    ['state/lists/partial', 'cache/archives/partial'].map((each) => mkdir(join(dir, each), { recursive: true })),
  );
  await writeFile(sources, releases.map((release) => `deb ${signedBy}${mirror} ${release} main\n`).join(''));
  const config = join(dir, 'apt.conf');
  const lines = [
    `Dir::State "${dir}/state";`,
    'Dir::State::status "/var/lib/dpkg/status";',
    `Dir::Cache "${dir}/cache";`,
    `Dir::Etc::SourceList "${sources}";`,
    'Dir::Etc::SourceParts "/dev/null";',
    'Dir::Etc::Preferences "/dev/null";',
    'Dir::Etc::PreferencesParts "/dev/null";',
    'APT::Sandbox::User "root";',
    'Acquire::Languages "none";',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";',
    // These touch the machine's own caches.
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  return config;
}
