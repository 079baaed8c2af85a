import { useState } from 'react';
import type { DragEvent } from 'react';

export interface FileDrop {
  readonly isOver: boolean;
  readonly handlers: {
    readonly onDragOverCapture: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDropCapture: (event: DragEvent) => void;
  };
}

/** Takes the first file that is dropped; text that is dragged inside the editor stays the editor's. `onOver`: one is dragged in. */
export function useFileDrop(onFile: (file: File) => void, onOver: () => void): FileDrop {
  const [isOver, setIsOver] = useState(false);
  return {
    isOver,
    handlers: {
      onDragOverCapture: (event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        if (!isOver) onOver();
        setIsOver(true);
      },
      onDragLeave: (event) => {
        const isInside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        if (!isInside) setIsOver(false);
      },
      onDropCapture: (event) => {
        setIsOver(false);
        const [file] = event.dataTransfer.files;
        if (!file) return;
        event.preventDefault();
        event.stopPropagation();
        onFile(file);
      },
    },
  };
}
