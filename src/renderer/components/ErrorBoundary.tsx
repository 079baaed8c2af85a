import { Component, type ErrorInfo, type ReactNode } from 'react';
import { thrownErrorData } from '../live/thrown-error.ts';
import { ErrorPanel } from './ErrorPanel.tsx';

interface Props {
  /** Another value (another page) clears the error. */
  readonly resetKey: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: unknown;
  readonly failed: boolean;
  readonly resetKey: string;
}

/** Keeps the frame alive when a page fails to render or to load. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined, failed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, failed: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: undefined, failed: false, resetKey: props.resetKey };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // oxlint-disable-next-line eslint/no-console -- the stack of a bug of ours, for whoever reports it
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <ErrorPanel
        error={thrownErrorData(this.state.error)}
        onRetry={() => this.setState({ error: undefined, failed: false })}
      />
    );
  }
}
