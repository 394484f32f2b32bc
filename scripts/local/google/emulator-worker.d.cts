/** Path of the worker's file. */
export declare const workerFile: string;
