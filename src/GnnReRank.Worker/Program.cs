return GnnReRank.Cluster.Running.WorkerProgram.Run(args);
