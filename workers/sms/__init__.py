"""Short messages through Tencent Cloud or Aliyun."""
