import { Component } from "react";
import { Failure } from "@/shared/Failure";

interface State {
  readonly problem: unknown;
}

/** Shows what broke a page in the page's place; the rest of the portal stays usable. */
export class ErrorBoundary extends Component<{ readonly children: React.ReactNode }, State> {
  override state: State = { problem: null };

  static getDerivedStateFromError(problem: unknown): State {
    return { problem };
  }

  override render(): React.ReactNode {
    return this.state.problem === null ? this.props.children : <Failure problem={this.state.problem} />;
  }
}
