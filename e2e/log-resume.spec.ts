import type { WebSocketRoute } from '@playwright/test';
import { podPath } from './fixtures/api-client.ts';
import { SEEDED } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { withoutColours } from './fixtures/without-colours.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { LogViewer } from './pages/log-viewer.ts';
import { Rail } from './pages/rail.ts';

test('an open log goes on by itself after the page lost its host, with the lines of the gap and a seam', async ({
  clusters: { alpha },
  launch,
  page,
}) => {
  const sockets = new Set<WebSocketRoute>();
  let isDown = false;
  await page.routeWebSocket(/\/socket$/, (socket) => {
    if (isDown) return void socket.close();
    socket.connectToServer();
    sockets.add(socket);
  });
  const everynode = await launch();
  const log = new LogViewer(page);
  const detail = new DetailPage(page);
  await new Rail(page).open('alpha');
  await new DaemonSetList(page).row(SEEDED.agent.name).getByRole('link').click();
  const pod = (await detail.podRows.first().getByRole('gridcell').first().innerText()).trim();
  await page.goto(`${everynode.origin}/#/c/alpha/daemonsets/logging/agent/logs?pod=${pod}&container=main`);
  const screen = log.screen(pod, 'main');
  const container = { namespace: 'logging', pod, container: 'main' };
  await expect(screen).toContainText(await alpha.nextLogLine(container));
  await log.expectFollowing();

  isDown = true;
  for (const socket of sockets) await socket.close();
  await expect(log.viewer.getByText(/^cut off since \d\d:\d\d:\d\d/)).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Connection to Everynode lost');
  const missed = await alpha.nextLogLine(container);
  await expect(screen).not.toContainText(missed);

  isDown = false;
  await expect(page.getByRole('alert'), 'the page tries again by itself').toBeHidden({ timeout: 40_000 });
  await expect(screen).toContainText(missed);
  await log.expectFollowing();
  await expect(screen).toContainText('the stream was cut and goes on from here');

  const download = page.waitForEvent('download');
  await log.viewer.getByRole('button', { name: 'Download' }).click();
  await page.getByRole('menuitem', { name: 'What is shown' }).click();
  const stream = await (await download).createReadStream();
  const kept = (await stream.toArray()).join('');
  const whole = withoutColours(await alpha.api.text(`${podPath('logging', pod)}/log?container=main`));
  expect(whole, 'the lines kept are those of the log, none lost or repeated').toContain(withoutColours(kept));
  await everynode.stop();
});
