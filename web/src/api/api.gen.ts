/* Generated from schemas/ by `npm run types`. */
export interface paths {
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the projects
         * @description Group: viewer.
         */
        get: operations["list_projects"];
        put?: never;
        /**
         * Make a project
         * @description Group: editor.
         */
        post: operations["create_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a project
         * @description Group: viewer.
         */
        get: operations["show_project"];
        put?: never;
        post?: never;
        /**
         * Delete a project that has nothing at work; its files, results and models stay
         * @description Group: editor.
         */
        delete: operations["delete_project"];
        options?: never;
        head?: never;
        /**
         * Change a project
         * @description Group: editor.
         */
        patch: operations["change_project"];
        trace?: never;
    };
    "/projects/{project}/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a project's model versions
         * @description Group: viewer.
         */
        get: operations["list_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project}/exposures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a project's analyses found
         * @description Group: viewer.
         */
        get: operations["list_exposures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project}/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the marks that are offered as the next training batch
         * @description Group: viewer.
         */
        get: operations["list_open_marks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models that run, with what they cost
         * @description Group: viewer.
         */
        get: operations["list_running_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a model run
         * @description Group: editor.
         */
        post: operations["start_model"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a model once no job needs it
         * @description Group: editor.
         */
        post: operations["stop_model"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Analyze a project's files with this version
         * @description Group: editor.
         */
        post: operations["activate_model"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to upload a file
         * @description Group: editor.
         */
        post: operations["begin_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{upload}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List an upload's parts, with URLs for the missing
         * @description Group: editor.
         */
        get: operations["list_parts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{upload}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a file of a batch in its place
         * @description Group: editor.
         */
        post: operations["complete_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{upload}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Give an upload up
         * @description Group: editor.
         */
        delete: operations["abort_upload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/training": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Train on a batch
         * @description Group: editor.
         */
        post: operations["begin_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analyses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Analyze uploaded files
         * @description Group: editor.
         */
        post: operations["begin_analyses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs, the newest first
         * @description Group: viewer.
         */
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a job, with its progress and cost
         * @description Group: viewer.
         */
        get: operations["show_job"];
        put?: never;
        post?: never;
        /**
         * Stop a job; what it had done is discarded
         * @description Group: editor.
         */
        delete: operations["cancel_job"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show where an analysis' files can be read
         * @description Group: viewer.
         */
        get: operations["show_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}/results/frames": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show where proof pictures can be read
         * @description Group: viewer.
         */
        get: operations["list_frames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what people say an analysis has wrong
         * @description Group: viewer.
         */
        get: operations["list_marks"];
        put?: never;
        /**
         * Say that an appearance is wrong, or a brand was missed
         * @description Group: editor.
         */
        post: operations["add_mark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}/marks/{mark}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a mark back
         * @description Group: editor.
         */
        delete: operations["remove_mark"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell what analyzing files will cost at most
         * @description Group: editor.
         */
        post: operations["quote_files"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the team
         * @description Group: viewer.
         */
        get: operations["list_members"];
        put?: never;
        /**
         * Invite a person, or give one a role
         * @description Group: editor.
         */
        post: operations["add_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a role away, or remove a person
         * @description Group: editor.
         */
        delete: operations["remove_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell what a month's jobs have cost
         * @description Group: viewer.
         */
        get: operations["show_spending"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * BegunAnalyses
         * @description One for each upload, in the order asked for, the same when asked for again. A job is in `GET /jobs`
         *     within seconds. Where not one upload could be taken, the first one's error is the answer.
         */
        BegunAnalyses: {
            /** Analyses */
            analyses: components["schemas"]["BegunAnalysis"][];
        };
        /**
         * BegunAnalysis
         * @description `job_id` is null where the file could not be taken, which `error` explains; others are not held up.
         */
        BegunAnalysis: {
            /** Upload */
            upload: string;
            /** Key */
            key: string;
            /** Job Id */
            job_id: string | null;
            error: components["schemas"]["JobError"] | null;
        };
        /**
         * BegunTraining
         * @description The same batch asked for again is the same job; it takes no other marks then.
         */
        BegunTraining: {
            /** Job Id */
            job_id: string;
            /** Pictures Of Marks */
            pictures_of_marks: number;
        };
        /**
         * BrandSummary
         * @description One brand over the whole work. Seconds are null for an image; `share_of_voice` is a fraction, summing
         *     to 1 over the brands found: of on-screen seconds for a video, of covered area for an image.
         */
        BrandSummary: {
            /** Label */
            label: string;
            /** On Screen Seconds */
            on_screen_seconds: number | null;
            /** Appearances */
            appearances: number;
            /** First Seen Seconds */
            first_seen_seconds: number | null;
            /** Last Seen Seconds */
            last_seen_seconds: number | null;
            /** Mean Area Fraction */
            mean_area_fraction: number;
            /** Peak Confidence */
            peak_confidence: number;
            /** Share Of Voice */
            share_of_voice: number;
        };
        /**
         * BudgetRoom
         * @description USD that one job, and the project in this month, may cost, null where there is no limit.
         *
         *     `booked_this_month` is what is spent of it, or set aside.
         */
        BudgetRoom: {
            /** Per Job */
            per_job: number | null;
            /** Per Month */
            per_month: number | null;
            /** Booked This Month */
            booked_this_month: number;
        };
        /**
         * CompletedUpload
         * @description A file of a training batch, in the drop folder.
         */
        CompletedUpload: {
            /** Key */
            key: string;
        };
        /**
         * Cost
         * @description What the job cost at published prices (`brandlens/cost`), before taxes and free tiers.
         */
        Cost: {
            /** Estimated Usd */
            estimated_usd: number;
            /** Items */
            items: components["schemas"]["CostItem"][];
            /**
             * Basis
             * @default null
             */
            basis: string | null;
        };
        /** CostItem */
        CostItem: {
            /** Name */
            name: string;
            /** Quantity */
            quantity: number;
            /** Unit */
            unit: string;
            /** Usd */
            usd: number;
        };
        /**
         * ExposuresList
         * @description What a project's analyses found, the newest first; paged as `JobList` is.
         */
        ExposuresList: {
            /** Jobs */
            jobs: components["schemas"]["JobExposures"][];
            /** Next */
            next: string | null;
        };
        /**
         * FrameUrls
         * @description URLs of proof pictures, by the `file` that `analysis.json` names them with; the next 500 at most.
         *
         *     `next` is what to ask `after` for more, null where there is none.
         */
        FrameUrls: {
            /** Frames */
            frames: {
                [key: string]: string;
            };
            /** Next */
            next: string | null;
        };
        /**
         * JobDetails
         * @description `cost` is what the job has cost, null before it ends; `at_most_usd` is what is set aside for it.
         */
        JobDetails: {
            job: components["schemas"]["JobItem"];
            cost: components["schemas"]["Cost"] | null;
            /** At Most Usd */
            at_most_usd: number | null;
            labeling: components["schemas"]["LabelingProgress"] | null;
        };
        /**
         * JobError
         * @description Why a job ended without a result, for people (`message`) and programs (`code`).
         */
        JobError: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /** Retryable */
            retryable: boolean;
        };
        /**
         * JobExposures
         * @description What one analysis found.
         */
        JobExposures: {
            /** Job Id */
            job_id: string;
            /** Name */
            name: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Duration Seconds */
            duration_seconds: number | null;
            /** Brands */
            brands: components["schemas"]["BrandSummary"][];
        };
        /**
         * JobItem
         * @description A job. `name` is its file's name as it was dropped; `done` of `total` is the progress of its `step`.
         */
        JobItem: {
            /** Job Id */
            job_id: string;
            /** Project */
            project: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "analysis" | "training";
            state: components["schemas"]["JobState"];
            /** Name */
            name: string;
            source: components["schemas"]["Source"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Finished At */
            finished_at: string | null;
            /** Step */
            step: string | null;
            /** Done */
            done: number | null;
            /** Total */
            total: number | null;
            error: components["schemas"]["JobError"] | null;
            /** Has Results */
            has_results: boolean;
        };
        /**
         * JobList
         * @description Jobs, the newest first. `next` is what to ask `after` for more; a page may be short, or empty, before
         *     the last one: filters are met while reading.
         */
        JobList: {
            /** Jobs */
            jobs: components["schemas"]["JobItem"][];
            /** Next */
            next: string | null;
        };
        /**
         * JobState
         * @enum {string}
         */
        JobState: "RECEIVED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "REJECTED" | "CANCELED";
        /**
         * LabelScore
         * @description One label's figures on the test pictures, fractions of 1.
         *
         *     `assumed_threshold` is the confidence, in percent, at which they hold: what the service takes where a call
         *     names none. `test_pictures` is how many of them show the label.
         */
        LabelScore: {
            /** Label */
            label: string;
            /** F1 */
            f1: number;
            /** Precision */
            precision: number;
            /** Recall */
            recall: number;
            /** Assumed Threshold */
            assumed_threshold: number | null;
            /** Test Pictures */
            test_pictures: number;
        };
        /**
         * LabelingProgress
         * @description How far the people who label for a job are, and where they do it.
         */
        LabelingProgress: {
            /** Done */
            done: number;
            /** Total */
            total: number;
            /** Url */
            url: string;
        };
        /**
         * ListedVersion
         * @description `status` is one of Rekognition's, or DELETED. `active` is whether the project's analyses use it.
         *
         *     `reason` says why a version is not active, where that is known; which one took its place, if nothing else.
         */
        ListedVersion: {
            /** Project */
            project: string;
            /** Version */
            version: string;
            /** Status */
            status: string;
            /** Active */
            active: boolean;
            /** F1 */
            f1: number | null;
            scores: components["schemas"]["ModelScores"] | null;
            /** Reason */
            reason: string | null;
            /** Created At */
            created_at: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Job Id */
            job_id: string | null;
            /** Model Arn */
            model_arn: string;
        };
        /**
         * Mark
         * @description A mark as it is kept: one of each appearance, and of each brand missed at a time and place.
         *
         *     Who marks the same again replaces its note, and is who it is `by`; `created_at` is when it was first said.
         *     `trained_by` is the job of the batch that took it, null while it is on offer.
         */
        Mark: {
            /** Id */
            id: string;
            /** Job Id */
            job_id: string;
            /** Project */
            project: string;
            /** By */
            by: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Mark */
            mark: components["schemas"]["WrongAppearance-Output"] | components["schemas"]["MissedBrand-Output"];
            /** Trained By */
            trained_by: string | null;
        };
        /**
         * MarkList
         * @description Marks, the oldest first.
         */
        MarkList: {
            /** Marks */
            marks: components["schemas"]["Mark"][];
        };
        /**
         * MarkedBox
         * @description A rectangle in the picture, in fractions of its width and height.
         */
        MarkedBox: {
            /** Left */
            left: number;
            /** Top */
            top: number;
            /** Width */
            width: number;
            /** Height */
            height: number;
        };
        /**
         * Member
         * @description A person. `invited` is true until they have signed in with a password of their own.
         */
        Member: {
            /** Id */
            id: string;
            /** Email */
            email: string;
            /** Roles */
            roles: ("viewer" | "editor" | "labeler")[];
            /** Invited */
            invited: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * MemberList
         * @description Everybody, by e-mail address. `labeling_url` is where labelers work.
         *
         *     `labelers_managed_here` is false where the stack uses a workforce that was there before: its people are
         *     added and removed where that is kept.
         */
        MemberList: {
            /** Members */
            members: components["schemas"]["Member"][];
            /** Labeling Url */
            labeling_url: string;
            /** Labelers Managed Here */
            labelers_managed_here: boolean;
        };
        /**
         * MissedBrand
         * @description A brand that was there from `start_seconds` to `end_seconds` and was not found; null for an image.
         */
        "MissedBrand-Input": {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "missed";
            /**
             * Label
             * @description Letters, digits, blanks, _ and -, not begun by a blank or -.
             */
            label: string;
            /**
             * Start Seconds
             * @default null
             */
            start_seconds?: number | null;
            /**
             * End Seconds
             * @default null
             */
            end_seconds?: number | null;
            /** @default null */
            box?: components["schemas"]["MarkedBox"] | null;
            /**
             * Note
             * @default
             */
            note?: string;
        };
        /**
         * MissedBrand
         * @description A brand that was there from `start_seconds` to `end_seconds` and was not found; null for an image.
         */
        "MissedBrand-Output": {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "missed";
            /**
             * Label
             * @description Letters, digits, blanks, _ and -, not begun by a blank or -.
             */
            label: string;
            /**
             * Start Seconds
             * @default null
             */
            start_seconds: number | null;
            /**
             * End Seconds
             * @default null
             */
            end_seconds: number | null;
            /** @default null */
            box: components["schemas"]["MarkedBox"] | null;
            /**
             * Note
             * @default
             */
            note: string;
        };
        /**
         * Model
         * @description The model a job is pinned to when it is received. `min_confidence` is in percent.
         */
        Model: {
            /**
             * Detector
             * @enum {string}
             */
            detector: "rekognition" | "embedded";
            /** Arn */
            arn: string;
            /** Version */
            version: string;
            /** Min Confidence */
            min_confidence: number;
        };
        /**
         * ModelItem
         * @description A model version of a project. `detector` embedded needs no start.
         */
        ModelItem: {
            /** Id */
            id: string;
            /**
             * Detector
             * @enum {string}
             */
            detector: "rekognition" | "embedded";
            version: components["schemas"]["ListedVersion"];
        };
        /**
         * ModelList
         * @description Every model version of a project, the newest first.
         */
        ModelList: {
            /** Models */
            models: components["schemas"]["ModelItem"][];
        };
        /**
         * ModelRun
         * @description What became of a start or a stop. `needed_by` is how many hold the model: it stops after them.
         */
        ModelRun: {
            /** Id */
            id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "STOPPED" | "STARTING" | "RUNNING" | "STOPPING";
            /** Needed By */
            needed_by: number;
        };
        /**
         * ModelScores
         * @description A model version's figures on its test pictures, fractions of 1; `labels` by name.
         *
         *     Precision and recall of all labels together are null where the service does not tell.
         */
        ModelScores: {
            /** F1 */
            f1: number;
            /**
             * Precision
             * @default null
             */
            precision: number | null;
            /**
             * Recall
             * @default null
             */
            recall: number | null;
            /** Train Pictures */
            train_pictures: number;
            /** Test Pictures */
            test_pictures: number;
            /** Labels */
            labels: components["schemas"]["LabelScore"][];
        };
        /**
         * ModelStart
         * @description For how long a model is to run at least, needed or not.
         */
        ModelStart: {
            /**
             * Minutes
             * @default 60
             */
            minutes?: number;
        };
        /**
         * MonthSpending
         * @description What the jobs received in a month have cost, by project, and all together.
         *
         *     A project that was deleted since is there as well if it has cost anything.
         */
        MonthSpending: {
            /** Month */
            month: string;
            /** Projects */
            projects: components["schemas"]["ProjectSpending"][];
            total: components["schemas"]["Cost"];
            /** Booked Usd */
            booked_usd: number;
            /** Budget Per Month */
            budget_per_month: number | null;
        };
        /**
         * NewAnalyses
         * @description Files whose parts have all come; each is one analysis, with the project's active model.
         */
        NewAnalyses: {
            /** Project */
            project: string;
            /** Uploads */
            uploads: string[];
        };
        /**
         * NewMember
         * @description A person to be invited by e-mail. A viewer who is made an editor, or the reverse, changes groups.
         */
        NewMember: {
            /** Email */
            email: string;
            /**
             * Role
             * @enum {string}
             */
            role: "viewer" | "editor" | "labeler";
        };
        /**
         * NewProject
         * @description A project to be made. `min_f1` is the least F1 with which a new model version becomes active.
         */
        NewProject: {
            /** Name */
            name: string;
            /** Labels */
            labels: string[];
            /**
             * Label Type
             * @default object
             * @enum {string}
             */
            label_type?: "object" | "concept";
            /**
             * Detector
             * @default rekognition
             * @enum {string}
             */
            detector?: "rekognition" | "embedded";
            /**
             * Min F1
             * @default 0
             */
            min_f1?: number;
        };
        /** NewQuote */
        NewQuote: {
            /** Project */
            project: string;
            /** Files */
            files: components["schemas"]["QuotedMedia"][];
        };
        /**
         * NewTraining
         * @description A training on the files of a batch that the caller uploaded.
         *
         *     `annotations` is the name of one of them; without it people are asked to label. `marks` are corrections of
         *     results, whose pictures are put into the batch for people to label.
         */
        NewTraining: {
            /** Project */
            project: string;
            /** Batch */
            batch: string;
            /**
             * Annotations
             * @default null
             */
            annotations?: string | null;
            /**
             * Marks
             * @default []
             */
            marks?: string[];
        };
        /**
         * NewUpload
         * @description A file to be uploaded. `batch` names the training batch that it belongs to, for the purpose `train`.
         */
        NewUpload: {
            /** Project */
            project: string;
            /**
             * Purpose
             * @enum {string}
             */
            purpose: "analyze" | "train";
            /**
             * Batch
             * @default null
             */
            batch?: string | null;
            /**
             * Name
             * @description A relative path, without an empty, `.` or `..` step; its key has 1,024 bytes at most.
             */
            name: string;
            /** Bytes */
            bytes: number;
        };
        /**
         * PartList
         * @description The next 100 parts at most; `next` is what to ask `after` for more, null where there is none.
         */
        PartList: {
            /** Parts */
            parts: components["schemas"]["UploadPart"][];
            /** Next */
            next: number | null;
        };
        /**
         * Problem
         * @description Why a request came to nothing: for programs (`code`) and people (`message`).
         */
        Problem: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /** Request Id */
            request_id: string;
        };
        /**
         * ProjectChanges
         * @description What is to be changed; what is left out stays. A model knows the labels that it was taught.
         */
        ProjectChanges: {
            /**
             * Labels
             * @default null
             */
            labels?: string[] | null;
            /**
             * Min F1
             * @default null
             */
            min_f1?: number | null;
        };
        /**
         * ProjectItem
         * @description A project. `active_model` is what its files are analyzed with, null before a training has given one.
         */
        ProjectItem: {
            /** Name */
            name: string;
            /** Labels */
            labels: string[];
            /**
             * Label Type
             * @enum {string}
             */
            label_type: "object" | "concept";
            /**
             * Detector
             * @enum {string}
             */
            detector: "rekognition" | "embedded";
            /** Min F1 */
            min_f1: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            active_model: components["schemas"]["Model"] | null;
        };
        /**
         * ProjectList
         * @description Every project, by name.
         */
        ProjectList: {
            /** Projects */
            projects: components["schemas"]["ProjectItem"][];
        };
        /**
         * ProjectSpending
         * @description `spent` is of the jobs that have ended; `booked_usd` is what is set aside for others besides.
         */
        ProjectSpending: {
            /** Project */
            project: string;
            /** Jobs */
            jobs: number;
            spent: components["schemas"]["Cost"];
            /** Booked Usd */
            booked_usd: number;
        };
        /**
         * Quote
         * @description What an analysis takes at most.
         *
         *     `frames` are sampled, and the detector is asked about `inference_calls` of them. `model_minutes` is how
         *     long a Rekognition model runs for it, the grace time with it.
         */
        Quote: {
            /** Frames */
            frames: number;
            /** Inference Calls */
            inference_calls: number;
            /** Model Minutes */
            model_minutes: number;
            cost: components["schemas"]["Cost"];
        };
        /**
         * QuoteAnswer
         * @description `assumed` tells a person what the quote rests on, in sentences.
         */
        QuoteAnswer: {
            /** Files */
            files: components["schemas"]["QuotedFile"][];
            total: components["schemas"]["Cost"];
            /** Assumed */
            assumed: string[];
            budget: components["schemas"]["BudgetRoom"];
        };
        /** QuotedFile */
        QuotedFile: {
            /** Name */
            name: string;
            quote: components["schemas"]["Quote"];
        };
        /**
         * QuotedMedia
         * @description A file as its headers tell: width and height in pixels, and for a video how long it is.
         */
        QuotedMedia: {
            /**
             * Name
             * @description A relative path, without an empty, `.` or `..` step; its key has 1,024 bytes at most.
             */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "image" | "video";
            /** Width */
            width: number;
            /** Height */
            height: number;
            /**
             * Duration Seconds
             * @default null
             */
            duration_seconds?: number | null;
            /**
             * Frame Rate
             * @default null
             */
            frame_rate?: number | null;
        };
        /**
         * ResultUrls
         * @description URLs of a finished analysis' files; null where its kind of media has none.
         *
         *     `media` is the file that was analyzed, in that very version. `sprites` are the sheets by the name that the
         *     cues of `sprites_vtt` give them.
         */
        ResultUrls: {
            /** Analysis */
            analysis: string;
            /** Detections */
            detections: string;
            /** Exposures */
            exposures: string;
            /** Report */
            report: string;
            /** Timeline */
            timeline: string | null;
            /** Sprites Vtt */
            sprites_vtt: string | null;
            /** Sprites */
            sprites: {
                [key: string]: string;
            };
            /** Media */
            media: string;
        };
        /**
         * RunningModel
         * @description A model version that runs, and so costs.
         *
         *     `usd_per_hour` is at published prices, for all of its inference units. `needed_by` is how many hold it:
         *     jobs, and whoever started it by hand. `ours` is false for a run that somebody else began, which we never
         *     stop.
         */
        RunningModel: {
            /** Id */
            id: string;
            /** Project */
            project: string;
            /** Version */
            version: string;
            /**
             * Status
             * @enum {string}
             */
            status: "STARTING" | "RUNNING" | "STOPPING";
            /** Inference Units */
            inference_units: number;
            /** Usd Per Hour */
            usd_per_hour: number;
            /** Needed By */
            needed_by: number;
            /** Ours */
            ours: boolean;
            /** Run Began */
            run_began: string | null;
        };
        /**
         * RunningModelList
         * @description The models that run, those that cost most first.
         */
        RunningModelList: {
            /** Models */
            models: components["schemas"]["RunningModel"][];
            /** Usd Per Hour */
            usd_per_hour: number;
        };
        /**
         * Source
         * @description One version of one dropped object.
         *
         *     `version` is the S3 version id, or the ETag in its double quotes where the bucket keeps no versions.
         */
        Source: {
            /** Bucket */
            bucket: string;
            /** Key */
            key: string;
            /** Version */
            version: string;
        };
        /**
         * Upload
         * @description An upload that has begun. Every part but the last has `part_bytes`.
         */
        Upload: {
            /** Id */
            id: string;
            /** Key */
            key: string;
            /** Bytes */
            bytes: number;
            /** Part Bytes */
            part_bytes: number;
            parts: components["schemas"]["PartList"];
        };
        /**
         * UploadPart
         * @description One part of a file. `url` takes it by PUT for an hour; null where it has come.
         */
        UploadPart: {
            /** Number */
            number: number;
            /** Bytes */
            bytes: number;
            /** Url */
            url: string | null;
        };
        /**
         * WrongAppearance
         * @description An appearance that is none: the brand was not there.
         */
        "WrongAppearance-Input": {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "wrong";
            /** Appearance */
            appearance: string;
            /**
             * Note
             * @default
             */
            note?: string;
        };
        /**
         * WrongAppearance
         * @description An appearance that is none: the brand was not there.
         */
        "WrongAppearance-Output": {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "wrong";
            /** Appearance */
            appearance: string;
            /**
             * Note
             * @default
             */
            note: string;
        };
    };
    responses: {
        /** @description Bad Request */
        BAD_REQUEST: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Forbidden */
        FORBIDDEN: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Not Found */
        NOT_FOUND: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict */
        CONFLICT: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Request Entity Too Large */
        REQUEST_ENTITY_TOO_LARGE: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Unsupported Media Type */
        UNSUPPORTED_MEDIA_TYPE: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Too Many Requests */
        TOO_MANY_REQUESTS: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Internal Server Error */
        INTERNAL_SERVER_ERROR: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Service Unavailable */
        SERVICE_UNAVAILABLE: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_projects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    create_project: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProject"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectItem"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            409: components["responses"]["CONFLICT"];
            413: components["responses"]["REQUEST_ENTITY_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    show_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectItem"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    delete_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    change_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectChanges"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectItem"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            413: components["responses"]["REQUEST_ENTITY_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    list_models: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    list_exposures: {
        parameters: {
            query?: {
                since?: string;
                until?: string;
                limit?: number;
                after?: string;
            };
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExposuresList"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    list_open_marks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkList"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    list_running_models: {
        parameters: {
            query?: {
                state?: "running";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunningModelList"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    start_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelStart"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelRun"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            413: components["responses"]["REQUEST_ENTITY_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    stop_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelRun"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    activate_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectItem"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    begin_upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUpload"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            413: components["responses"]["REQUEST_ENTITY_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    list_parts: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartList"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    complete_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompletedUpload"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    abort_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    begin_training: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTraining"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BegunTraining"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            413: components["responses"]["REQUEST_ENTITY_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    begin_analyses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAnalyses"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BegunAnalyses"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            413: components["responses"]["REQUEST_ENTITY_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                since?: string;
                until?: string;
                project?: string;
                kind?: "analysis" | "training";
                state?: ("RECEIVED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "REJECTED" | "CANCELED")[];
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    show_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetails"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobItem"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    show_results: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultUrls"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    list_frames: {
        parameters: {
            query?: {
                after?: string;
            };
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrameUrls"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    list_marks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkList"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    add_mark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WrongAppearance-Input"] | components["schemas"]["MissedBrand-Input"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mark"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            413: components["responses"]["REQUEST_ENTITY_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    remove_mark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                mark: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    quote_files: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQuote"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuoteAnswer"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            413: components["responses"]["REQUEST_ENTITY_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    list_members: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    add_member: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMember"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            409: components["responses"]["CONFLICT"];
            413: components["responses"]["REQUEST_ENTITY_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    remove_member: {
        parameters: {
            query?: {
                role?: "viewer" | "editor" | "labeler";
            };
            header?: never;
            path: {
                member: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            409: components["responses"]["CONFLICT"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
    show_spending: {
        parameters: {
            query?: {
                month?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonthSpending"];
                };
            };
            400: components["responses"]["BAD_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            429: components["responses"]["TOO_MANY_REQUESTS"];
            500: components["responses"]["INTERNAL_SERVER_ERROR"];
            503: components["responses"]["SERVICE_UNAVAILABLE"];
        };
    };
}
