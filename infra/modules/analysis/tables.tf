locals {
  # as servers write them: docs/prediction-log.md, which a test compares with this
  tables = {
    predictions = [
      { name = "prediction_id", type = "string" },
      { name = "row_index", type = "int" },
      { name = "predicted_at", type = "timestamp" },
      { name = "model", type = "string" },
      { name = "version", type = "int" },
      { name = "training_job", type = "string" },
      { name = "color", type = "string" },
      { name = "replica", type = "string" },
      { name = "numbers", type = "map<string,double>" },
      { name = "categories", type = "map<string,string>" },
      { name = "features", type = "array<float>" },
      { name = "outputs", type = "array<float>" },
      { name = "predicted", type = "string" },
      { name = "latency_us", type = "int" },
    ]
    feedback = [
      { name = "prediction_id", type = "string" },
      { name = "row_index", type = "int" },
      { name = "labeled_at", type = "timestamp" },
      { name = "model", type = "string" },
      { name = "version", type = "int" },
      { name = "replica", type = "string" },
      { name = "label", type = "string" },
      { name = "label_number", type = "double" },
    ]
  }
}

resource "aws_glue_catalog_database" "this" {
  name        = "${replace(var.name, "-", "_")}_predictions"
  description = "The prediction log of ${var.name}"
}

# With partition projection, Athena computes the folders from the query: no crawler, and no partition to add for each hour
resource "aws_glue_catalog_table" "this" {
  for_each      = local.tables
  name          = each.key
  database_name = aws_glue_catalog_database.this.name
  table_type    = "EXTERNAL_TABLE"

  parameters = {
    "classification"              = "parquet"
    "projection.enabled"          = "true"
    "projection.dt.type"          = "date"
    "projection.dt.format"        = "yyyy-MM-dd"
    "projection.dt.range"         = "${var.first_day},NOW"
    "projection.dt.interval"      = "1"
    "projection.dt.interval.unit" = "DAYS"
    "projection.hh.type"          = "integer"
    "projection.hh.range"         = "0,23"
    "projection.hh.digits"        = "2"
    "storage.location.template"   = "s3://${var.bucket}/${each.key}/dt=$${dt}/hh=$${hh}/"
  }

  partition_keys {
    name = "dt"
    type = "string"
  }

  partition_keys {
    name = "hh"
    type = "int"
  }

  storage_descriptor {
    location      = "s3://${var.bucket}/${each.key}/"
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"

    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    }

    dynamic "columns" {
      for_each = each.value

      content {
        name = columns.value.name
        type = columns.value.type
      }
    }
  }
}
