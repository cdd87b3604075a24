import 'reflect-metadata';
import { createApplication } from './admin-api/create-application.js';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';
import { openDatabase } from './database/data-source.js';
import { serve } from './serve.js';
import { StartupError } from './startup-error.js';

try {
  const config = loadConfig(process.env);
  const database = await openDatabase(config.databaseUrl);
  const app = await createApplication(AppModule.register(config, database));
  await serve(app, config);
} catch (error) {
  console.error(error instanceof StartupError ? `control plane: ${error.message}` : error);
  process.exit(1);
}
