import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/styles.ts';
import { App } from './bootstrap/App.tsx';
import { browserClock } from './transport/browser-clock.ts';
import { openTransport } from './transport/open-transport.ts';
import { tellVisibility } from './transport/tell-visibility.ts';

// Before anything reads the hash: a one-time code in it belongs to the transport.
const transport = openTransport();

tellVisibility({ transport, clock: browserClock, page: document });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App transport={transport} clock={browserClock} />
  </StrictMode>,
);
