import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { errorTitle } from '../../components/error-words.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import { downloadLog, logFileName } from './log-download.ts';
import type { LogRequest, LogSession } from './log-session.ts';
import { sizeWords } from './log-words.ts';
import classes from './LogPanel.module.css';
import { saveFile } from './save-file.ts';
import { newStreamId } from './use-log-session.ts';

export interface LogDownloadProps {
  readonly request: LogRequest;
  readonly session: LogSession;
}

/** The whole log, streamed from the server, or the lines that the viewer has. */
export function LogDownload({ request, session }: LogDownloadProps) {
  const { client } = useServices();
  const [bytes, setBytes] = useState(0);
  const whole = useAction(async (_input: void, signal) => {
    setBytes(0);
    const content = await downloadLog({ client, request, streamId: newStreamId(), signal, onProgress: setBytes });
    if (!signal.aborted) saveFile(logFileName(request), content);
  });
  const saveShown = () => {
    const type = 'text/plain;charset=utf-8';
    saveFile(logFileName(request).replace(/\.log$/, '.shown.log'), new Blob([session.ring.text()], { type }));
  };
  if (whole.state.phase === 'running') {
    return (
      <span className={classes.download} role="status">
        Downloading, {sizeWords(bytes)}
        <Button size="compact-xs" onClick={whole.cancel}>
          Cancel download
        </Button>
      </span>
    );
  }
  return (
    <>
      {whole.state.phase === 'failed' && (
        <span className={classes.failed} role="alert" title={whole.state.error.message}>
          Not downloaded: {errorTitle(whole.state.error.reason)}. {whole.state.error.message}
        </span>
      )}
      <Menu>
        <Menu.Target>
          <Button size="compact-sm">Download ▾</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void whole.run()}>Whole log</Menu.Item>
          <Menu.Item onClick={saveShown}>What is shown</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
