// A worker of Celery whose tasks are finished before a restart, however long they take: BROKER_URL=redis://… cfg plan recipes/celery.csx

#load "lib/services.csx"

Hosts(new Host("app1"));

var broker = Secrets.Environment("BROKER_URL");

On("app1",
    new PackageIndex(),
    new User("app") { Home = "/srv/app", HomeExists = true },
    CeleryWorker("worker", app: "tasks", directory: "/srv/app", user: "app", taskLimit: TimeSpan.FromMinutes(5),
        secrets: $"BROKER_URL={broker}\n",
        code: new File("/srv/app/tasks.py")
        {
            Content = """
                import os, time
                from celery import Celery

                app = Celery("tasks", broker=os.environ["BROKER_URL"])

                @app.task
                def release(name, seconds):
                    open(f"/srv/app/{name}.began", "w").close()
                    time.sleep(seconds)
                    open(f"/srv/app/{name}.done", "w").close()

                """,
        }));
